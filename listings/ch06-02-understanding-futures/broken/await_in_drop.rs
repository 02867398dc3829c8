use std::time::Duration;

use tokio::time::sleep;

struct Till {
    takings: u32,
}

impl Till {
    async fn book(&self) {
        sleep(Duration::from_millis(100)).await;
        println!("booked {}", self.takings);
    }
}

impl Drop for Till {
    fn drop(&mut self) {
        self.book().await;
    }
}

fn main() {}
