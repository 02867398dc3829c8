use std::time::Duration;

use tokio::time::sleep;

struct Till {
    takings: u32,
}

async fn book(takings: u32) {
    sleep(Duration::from_millis(100)).await;
    println!("booked {takings}");
}

impl Drop for Till {
    fn drop(&mut self) {
        tokio::spawn(book(self.takings));
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let till = Till { takings: 20 };
    println!("the guests have paid {}", till.takings);
    drop(till);
    println!("the kitchen is closed");
}
