//! One pass over the bytes of a document, before anything recursive looks at it.

use super::{DOCUMENT_BYTES_MAX, NESTING_MAX, Stopped, TOKENS_MAX, limit};

/// Counts bytes, tokens and the nesting of brackets outside strings and comments.
///
/// # Errors
/// [`Stopped::Limit`] at the first number beyond its limit.
pub fn scan(text: &str) -> Result<(), Stopped> {
    limit("length of the document in bytes", text.len() as u64, DOCUMENT_BYTES_MAX as u64)?;
    let bytes = text.as_bytes();
    let (mut at, mut tokens, mut nesting) = (0, 0_u64, 0_u64);
    while let Some(byte) = bytes.get(at) {
        at += match byte {
            b' ' | b'\t' | b'\r' | b'\n' | b',' => 1,
            b'#' => comment(&bytes[at..]),
            b'"' => {
                tokens += 1;
                string(&bytes[at..])
            }
            b'{' | b'[' | b'(' => {
                (tokens, nesting) = (tokens + 1, nesting + 1);
                limit("nesting of brackets", nesting, NESTING_MAX as u64)?;
                1
            }
            b'}' | b']' | b')' => {
                (tokens, nesting) = (tokens + 1, nesting.saturating_sub(1));
                1
            }
            _ => {
                tokens += 1;
                word(&bytes[at..])
            }
        };
        limit("number of tokens", tokens, TOKENS_MAX as u64)?;
    }
    Ok(())
}

/// Length of a comment: to the end of its line.
fn comment(bytes: &[u8]) -> usize {
    bytes.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(bytes.len())
}

/// Length of a name or number; of anything else one byte.
fn word(bytes: &[u8]) -> usize {
    let inside = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    bytes.iter().position(|byte| !inside(byte)).unwrap_or(bytes.len()).max(1)
}

/// Length of a string or block string, its quotes included; one that is not closed reaches to the end.
fn string(bytes: &[u8]) -> usize {
    let block = bytes.starts_with(b"\"\"\"");
    let (quotes, mut at): (&[u8], usize) = if block { (b"\"\"\"", 3) } else { (b"\"", 1) };
    while at < bytes.len() {
        let rest = &bytes[at..];
        if block && rest.starts_with(b"\\\"\"\"") {
            at += 4;
        } else if !block && rest[0] == b'\\' {
            at += 2;
        } else if rest.starts_with(quotes) {
            return at + quotes.len();
        } else if !block && rest[0] == b'\n' {
            // A plain string ends with its line; the parser will say so.
            return at;
        } else {
            at += 1;
        }
    }
    bytes.len()
}
