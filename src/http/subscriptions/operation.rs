//! One operation of a socket: its answers in order, and then its end.

use crate::http::answer::{coded, is_request_error};
use async_graphql::{Response, ServerError};
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
            Some(response) if matches!(phase, Phase::First) && is_request_error(&response) => {
                (Answer::Refused(with_codes(response.errors, true)), (responses, Phase::Ended))
            }
            Some(mut response) => {
                response.errors = with_codes(response.errors, false);
                (Answer::Result(Box::new(response)), (responses, Phase::Running))
            }
        })
    })
    .boxed()
}

fn with_codes(errors: Vec<ServerError>, never_ran: bool) -> Vec<ServerError> {
    errors.into_iter().map(|error| coded(error, never_ran)).collect()
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
