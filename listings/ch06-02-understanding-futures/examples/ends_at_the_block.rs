use std::num::ParseIntError;

use futures::executor::block_on;

async fn serve(minutes: &str) -> String {
    let toast = async {
        let minutes: u32 = minutes.parse()?;
        if minutes == 0 {
            return Ok("bread");
        }
        Ok::<_, ParseIntError>("toast")
    };
    match toast.await {
        Ok(dish) => format!("{dish} is served"),
        Err(error) => format!("sent back: {error}"),
    }
}

fn main() {
    for minutes in ["2", "0", "two"] {
        println!("{minutes} minutes: {}", block_on(serve(minutes)));
    }
}
