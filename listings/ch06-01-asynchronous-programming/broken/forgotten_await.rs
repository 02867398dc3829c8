#![deny(unused_must_use)]

async fn wash_up() {
    println!("all plates are clean");
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    wash_up();
}
