use std::thread;

fn burn() -> u32 {
    panic!("the toast burned")
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    match thread::spawn(burn).join() {
        Ok(price) => println!("thread: {price}"),
        Err(panic) => {
            let why = panic.downcast_ref::<&str>();
            println!("thread: {}", why.unwrap_or(&"unknown"));
        }
    }
    match tokio::spawn(async { burn() }).await {
        Ok(price) => println!("task: {price}"),
        Err(error) => println!("task: {error}"),
    }
    println!("the kitchen is still open");
}
