use futures::executor::block_on;

async fn cook() {
    let orders = vec![async { "eggs" }, async { "toast" }];
    for order in orders {
        println!("{}", order.await);
    }
}

fn main() {
    block_on(cook());
}
