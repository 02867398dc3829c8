use std::error::Error;
use std::io;

use tracing::level_filters::LevelFilter;
use tracing::warn;
use tracing_subscriber::EnvFilter;

mod oven {
    use tracing::{debug, info, instrument};

    /// The span gets the dish, and not the recipe, which is long. An error is
    /// an event of its own.
    #[instrument(skip(recipe), err)]
    pub async fn bake(dish: &str, recipe: &[u8]) -> Result<u32, String> {
        debug!(bytes = recipe.len(), "reads the recipe");
        if dish == "pie" {
            return Err("no butter".to_owned());
        }
        info!(degrees = 220, "in the oven");
        Ok(220)
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let filter = EnvFilter::builder()
        .with_default_directive(LevelFilter::INFO.into())
        // RUST_LOG, if it is set; an error, if nobody can read it.
        .from_env()?;
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stdout)
        .without_time()
        .with_ansi(false)
        .init();

    for dish in ["toast", "pie"] {
        if oven::bake(dish, &[0; 4096]).await.is_err() {
            warn!(dish, "struck off the menu");
        }
    }
    Ok(())
}
