use tokio::sync::mpsc;
use tokio::sync::oneshot::{self, Sender};
use tokio::task::JoinError;
use tokio_util::sync::CancellationToken;

struct Order {
    dish: &'static str,
    reply: Sender<String>,
}

async fn kitchen(closing: CancellationToken, mut inbox: mpsc::Receiver<Order>) {
    loop {
        let order = tokio::select! {
            biased;
            () = closing.cancelled(), if !inbox.is_closed() => {
                inbox.close();
                continue;
            }
            order = inbox.recv() => order,
        };
        let Some(Order { dish, reply }) = order else {
            return; // closed and empty
        };
        // An error says that the guest has left.
        if let Err(unwanted) = reply.send(format!("{dish} is ready")) {
            println!("nobody takes: {unwanted}");
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), JoinError> {
    let (closing, (orders, inbox)) =
        (CancellationToken::new(), mpsc::channel(8));
    let mut answers = Vec::new();
    for dish in ["eggs", "toast"] {
        let (reply, answer) = oneshot::channel();
        let order = orders.try_send(Order { dish, reply });
        answers.push((dish, order.is_ok(), answer));
    }
    closing.cancel();
    let kitchen = tokio::spawn(kitchen(closing, inbox));
    for (dish, taken, answer) in answers {
        println!("{dish}, taken: {taken}, {:?}", answer.await);
    }
    let (reply, _answer) = oneshot::channel();
    let late = orders
        .send(Order {
            dish: "soup",
            reply,
        })
        .await;
    println!(
        "soup, after that: {:?}",
        late.map_err(|error| error.to_string())
    );
    kitchen.await
}
