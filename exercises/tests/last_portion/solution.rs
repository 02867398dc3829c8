use std::sync::PoisonError;

// In the tests, these are the types of loom.
use super::sync::Mutex;

/// How much is left of a dish, and how much was sold.
pub struct Dish {
    // One lock for both: between the two, nobody looks.
    left_and_sold: Mutex<(u32, u32)>,
}

impl Dish {
    pub fn new(portions: u32) -> Dish {
        Dish {
            left_and_sold: Mutex::new((portions, 0)),
        }
    }

    /// Sells a portion, if one is left.
    pub fn sell(&self) -> bool {
        let both = self.left_and_sold.lock();
        let mut both = both.unwrap_or_else(PoisonError::into_inner);
        let (left, sold) = *both;
        if left == 0 {
            return false;
        }
        *both = (left - 1, sold + 1);
        true
    }

    /// What is left and what was sold: together, always what there was.
    pub fn look(&self) -> (u32, u32) {
        let both = self.left_and_sold.lock();
        *both.unwrap_or_else(PoisonError::into_inner)
    }
}
