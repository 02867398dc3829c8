use futures::executor::block_on;

async fn price(dish: &str) -> usize {
    dish.len()
}

async fn bill(dishes: &[&str]) -> usize {
    dishes.iter().map(|dish| price(dish).await).sum()
}

fn main() {
    println!("{}", block_on(bill(&["eggs", "toast"])));
}
