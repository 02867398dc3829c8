//! A body of any server, and no more of it than was asked for.

#[cfg(feature = "mine")]
#[path = "../../mine/soup_in_pieces.rs"]
#[rustfmt::skip]
mod attempt;
#[cfg(not(feature = "mine"))]
#[cfg_attr(feature = "starter", path = "starter.rs")]
#[cfg_attr(not(feature = "starter"), path = "solution.rs")]
mod attempt;
#[path = "../../src/virtual_time.rs"]
mod virtual_time;

use std::cell::Cell;
use std::panic::AssertUnwindSafe;
use std::rc::Rc;

use attempt::body;
use futures::FutureExt;

/// Why there is no body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyError {
    /// The connection broke.
    Broken,
    /// There are more bytes than wanted.
    TooLarge,
}

/// What a server sends.
pub struct Response {
    length: Option<u64>,
    pieces: Box<dyn Iterator<Item = Result<Vec<u8>, BodyError>>>,
    taken: Rc<Cell<usize>>,
}

// An attempt need not use all of it.
#[allow(dead_code)]
impl Response {
    /// What its header says; the server may leave it out, and it may lie.
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// The next piece of the body, or `None` at its end.
    pub async fn piece(&mut self) -> Result<Option<Vec<u8>>, BodyError> {
        tokio::task::yield_now().await;
        self.taken.set(self.taken.get() + 1);
        assert!(
            self.taken.get() <= 1000,
            "{}",
            exercises::once(
                "the server sends without an end, and after a thousand pieces \
                 `body` still reads. What is counted, and when is it compared \
                 with the limit?"
            )
        );
        self.pieces.next().transpose()
    }
}

/// A response, and a counter of the pieces that were taken from it.
fn response(
    length: Option<u64>,
    pieces: impl Iterator<Item = Result<Vec<u8>, BodyError>> + 'static,
) -> (Response, Rc<Cell<usize>>) {
    let taken = Rc::default();
    let response = Response {
        length,
        pieces: Box::new(pieces),
        taken: Rc::clone(&taken),
    };
    (response, taken)
}

fn soup(
    pieces: &'static [&'static str],
) -> impl Iterator<Item = Result<Vec<u8>, BodyError>> {
    pieces.iter().map(|piece| Ok(piece.as_bytes().to_vec()))
}

/// As text, which is easier to read in a message.
async fn read(response: Response, limit: usize) -> Result<String, BodyError> {
    let body = body(response, limit).await?;
    Ok(String::from_utf8_lossy(&body).into_owned())
}

#[test]
fn a_body_is_read_to_its_end() {
    virtual_time::run(|| async {
        for length in [Some(8), None] {
            let (response, _) = response(length, soup(&["soup", "", "bowl"]));
            exercises::same!(
                read(response, 100).await,
                Ok("soupbowl".to_owned()),
                "three pieces of 4, 0 and 4 bytes, and a limit of 100. Are all of \
                 them in the body?",
            );
        }
    });
}

#[test]
fn a_body_may_be_as_large_as_the_limit() {
    virtual_time::run(|| async {
        let (response, _) = response(Some(8), soup(&["soup", "bowl"]));
        exercises::same!(
            read(response, 8).await,
            Ok("soupbowl".to_owned()),
            "8 bytes and a limit of 8: that is not too large",
        );
        let (response, _) = self::response(Some(9), soup(&["soup", "bowls"]));
        exercises::same!(
            read(response, 8).await,
            Err(BodyError::TooLarge),
            "9 bytes and a limit of 8, in pieces of 4 and 5. Each piece is small \
             enough: is the sum?",
        );
    });
}

#[test]
fn a_header_says_too_little_or_nothing() {
    virtual_time::run(|| async {
        for length in [None, Some(3)] {
            let endless = std::iter::repeat_with(|| Ok(vec![b's'; 10]));
            let (response, taken) = response(length, endless);
            exercises::same!(
                read(response, 25).await,
                Err(BodyError::TooLarge),
                "the header says {length:?}, the limit is 25 bytes, and the server \
                 sends without an end",
            );
            exercises::same!(
                taken.get(),
                3,
                "each piece has 10 bytes and the limit is 25, so the third piece is \
                 one too many. So many were asked for",
            );
        }
    });
}

#[test]
fn a_header_says_too_much() {
    virtual_time::run(|| async {
        for length in [1000, u64::MAX] {
            let (response, _) = response(Some(length), soup(&["soup"]));
            let read = AssertUnwindSafe(read(response, 100)).catch_unwind();
            exercises::same!(
                read.await.map_err(|_| "a panic"),
                Ok(Ok("soup".to_owned())),
                "the header says {length}, and then come 4 bytes and the end. What \
                 is done with a number that anybody can write there?",
            );
        }
    });
}

#[test]
fn a_connection_breaks() {
    virtual_time::run(|| async {
        let half = [Ok(b"so".to_vec()), Err(BodyError::Broken)];
        let (response, _) = response(Some(4), half.into_iter());
        exercises::same!(
            read(response, 100).await,
            Err(BodyError::Broken),
            "the connection broke in the middle, and half a soup is none",
        );
    });
}
