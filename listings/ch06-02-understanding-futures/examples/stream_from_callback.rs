use futures::executor::block_on;
use futures::stream::{self, Stream, StreamExt};
use tokio::sync::mpsc;

/// The printer of the orders, from a library that knows no async.
#[derive(Default)]
struct Printer {
    listeners: Vec<Box<dyn FnMut(u32) + Send>>,
}

impl Printer {
    fn on_ticket(&mut self, listener: impl FnMut(u32) + Send + 'static) {
        self.listeners.push(Box::new(listener));
    }

    fn print(&mut self, ticket: u32) {
        for listener in &mut self.listeners {
            listener(ticket);
        }
    }
}

fn tickets(printer: &mut Printer) -> impl Stream<Item = u32> + use<> {
    const ROOM: usize = 3;
    let (sender, mut receiver) = mpsc::channel(ROOM);
    printer.on_ticket(move |ticket| {
        // A callback cannot wait until there is room.
        if let Err(refused) = sender.try_send(ticket) {
            println!("ticket {ticket}: {refused}");
        }
    });
    stream::poll_fn(move |cx| receiver.poll_recv(cx))
}

fn main() {
    let mut printer = Printer::default();
    let mut tickets = tickets(&mut printer);
    for ticket in 1..=4 {
        printer.print(ticket);
    }
    // With the printer goes the sender.
    drop(printer);
    while let Some(ticket) = block_on(tickets.next()) {
        println!("cooking {ticket}");
    }
    println!("no more tickets");
}
