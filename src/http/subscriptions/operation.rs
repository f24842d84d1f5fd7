//! One operation of a socket: its answers in order, and then its end.

use async_graphql::{Response, ServerError, Value};
use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream};

/// What an operation has to say.
#[derive(Debug)]
pub enum Answer {
    /// A result.
    Result(Box<Response>),
    /// It never ran; nothing follows.
    Refused(Vec<ServerError>),
    /// It is over; nothing follows.
    Over,
}

enum Phase {
    First,
    Running,
    Ended,
}

/// The answers of an operation: results and then its end, or its refusal alone.
pub fn answers(responses: BoxStream<'static, Response>) -> BoxStream<'static, Answer> {
    stream::unfold((responses, Phase::First), |(mut responses, phase)| async move {
        if matches!(phase, Phase::Ended) {
            return None;
        }
        Some(match responses.next().await {
            None => (Answer::Over, (responses, Phase::Ended)),
            Some(response) if matches!(phase, Phase::First) && never_ran(&response) => {
                (Answer::Refused(response.errors), (responses, Phase::Ended))
            }
            Some(response) => (Answer::Result(Box::new(response)), (responses, Phase::Running)),
        })
    })
    .boxed()
}

/// True for a document that could not be parsed or is not valid: an error of execution tells the path of its field.
fn never_ran(response: &Response) -> bool {
    !response.errors.is_empty()
        && response.data == Value::Null
        && response.errors.iter().all(|error| error.path.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_graphql::PathSegment;

    fn error(path: Vec<PathSegment>) -> Response {
        let mut error = ServerError::new("no", None);
        error.path = path;
        Response::from_errors(vec![error])
    }

    async fn told(responses: Vec<Response>) -> Vec<&'static str> {
        let names = answers(stream::iter(responses).boxed()).map(|answer| match answer {
            Answer::Result(_) => "result",
            Answer::Refused(_) => "refused",
            Answer::Over => "over",
        });
        names.collect().await
    }

    #[tokio::test]
    async fn an_operation_that_never_ran_is_refused_and_not_completed() {
        assert_eq!(told(vec![error(Vec::new())]).await, ["refused"]);
        assert_eq!(told(vec![error(vec![PathSegment::Field("a".into())])]).await, ["result", "over"]);
        assert_eq!(told(vec![Response::default(), error(Vec::new())]).await, ["result", "result", "over"]);
        assert_eq!(told(Vec::new()).await, ["over"]);
    }
}
