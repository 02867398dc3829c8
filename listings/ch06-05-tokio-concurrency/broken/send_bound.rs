use std::rc::Rc;

async fn fry() {}

async fn cook() {
    let recipe = Rc::new("eggs");
    fry().await;
    println!("{recipe}");
}

#[tokio::main]
async fn main() {
    tokio::spawn(cook());
}
