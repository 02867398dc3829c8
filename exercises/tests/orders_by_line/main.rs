//! Lines from outside: none is lost, and none is too long.

#[cfg(feature = "mine")]
#[path = "../../mine/orders_by_line.rs"]
#[rustfmt::skip]
mod attempt;
#[cfg(not(feature = "mine"))]
#[cfg_attr(feature = "starter", path = "starter.rs")]
#[cfg_attr(not(feature = "starter"), path = "solution.rs")]
mod attempt;
#[path = "../../src/virtual_time.rs"]
mod virtual_time;

use std::io::ErrorKind;
use std::time::Duration;

use attempt::Orders;
use tokio::io::{AsyncWriteExt, duplex};
use tokio::time::timeout;

/// The orders of a guest who says this, in pieces of so many bytes, and the
/// kind of the error, if any. The line ends, or stays open.
async fn read(
    said: &[u8],
    piece: usize,
    ends: bool,
) -> (Vec<String>, Option<ErrorKind>) {
    let (mut guest, waiter) = duplex(piece);
    let talk = async {
        // An error says that the waiter has hung up.
        let _ = guest.write_all(said).await;
        match ends {
            true => drop(guest),
            false => std::future::pending().await,
        }
        std::future::pending::<()>().await;
    };
    let listen = async {
        let (mut orders, mut got) = (Orders::new(waiter), Vec::new());
        loop {
            match orders.next().await {
                Ok(Some(order)) => got.push(order),
                Ok(None) => return (got, None),
                Err(error) => return (got, Some(error.kind())),
            }
            assert!(
                got.len() <= 100,
                "more than a hundred orders were read, and not half as many \
                 were sent: {got:?}"
            );
        }
    };
    let both = async {
        tokio::select! {
            end = listen => end,
            () = talk => unreachable!("the guest does not end the reading"),
        }
    };
    timeout(Duration::from_secs(60), both)
        .await
        .unwrap_or_else(|_| {
            panic!(
                "the guest has sent {} bytes, {ends} is whether the line then \
             ends, and the waiter waits for more",
                said.len()
            )
        })
}

fn text(orders: &[&str]) -> Vec<String> {
    orders.iter().map(|&order| order.to_owned()).collect()
}

#[test]
fn lines_that_come_together_are_all_read() {
    virtual_time::run(|| async {
        let said = b"tea\n\ntoast with butter\neggs\n";
        for piece in [1000, 7, 1] {
            exercises::same!(
                read(said, piece, true).await,
                (text(&["tea", "", "toast with butter", "eggs"]), None),
                "Four lines were sent, at most {piece} bytes at a time. The \
             orders that were read, and the error, stand \
             below. A `BufReader` reads ahead: what becomes \
             of the bytes in it, and how long does it live?",
            );
        }
    });
}

#[test]
fn an_order_is_what_was_sent() {
    virtual_time::run(|| async {
        exercises::same!(
            read("  caf\u{e9} \r\n".as_bytes(), 1, true).await,
            (text(&["  caf\u{e9} \r"]), None),
            "A line was sent with spaces and a `\\r` at its end. The \
             order that was read, and the error, stand below. \
             Only the `\\n` is no part of an order.",
        );
    });
}

#[test]
fn an_order_may_be_so_long_and_no_longer() {
    virtual_time::run(|| async {
        let longest = "z".repeat(20);
        let said = format!("{longest}\ntea\n");
        exercises::same!(
            read(said.as_bytes(), 1, true).await,
            (text(&[&longest, "tea"]), None),
            "Two lines were sent, the first one with exactly 20 bytes \
             before its `\\n`. The orders that were read, and \
             the error, stand below. So many are allowed, and \
             `\\n` is not one of them.",
        );
        let said = format!("tea\nz{longest}\ntea\n");
        exercises::same!(
            read(said.as_bytes(), 1, true).await,
            (text(&["tea"]), Some(ErrorKind::InvalidData)),
            "Tea was ordered, and then a line of 21 bytes, with its \
             `\\n`. The orders that were read, and the error, \
             stand below. Who counts the bytes of a line?",
        );
    });
}

#[test]
fn a_long_order_is_refused_before_its_end_has_come() {
    virtual_time::run(|| async {
        let said = b"tea\nzzzzzzzzzzzzzzzzzzzzz";
        let end = timeout(Duration::from_secs(1), read(said, 1, false));
        exercises::same!(
            end.await.map_err(|_| "the waiter waits for its end"),
            Ok((text(&["tea"]), Some(ErrorKind::InvalidData))),
            "Tea was ordered, then 21 bytes came without a `\\n`, and the \
             guest stays. The orders that were read, and the \
             error, stand below. More might come, for ever, \
             and all of it would be kept in memory. Who stops \
             `read_line` in time?",
        );
    });
}

#[test]
fn half_an_order_is_no_order() {
    virtual_time::run(|| async {
        for half in ["soup fo", "soup for twenty men!"] {
            let said = format!("tea\n{half}");
            exercises::same!(
                read(said.as_bytes(), 1, true).await,
                (text(&["tea"]), Some(ErrorKind::UnexpectedEof)),
                "Tea was ordered, then {half:?} came without a `\\n`, and \
             that was the end. The orders that were read, and \
             the error, stand below. Somebody was cut off: \
             half an order is none.",
            );
        }
    });
}
