#[cfg(feature = "mine")]
#[path = "../../mine/boil.rs"]
mod attempt;
#[cfg(not(feature = "mine"))]
#[cfg_attr(feature = "starter", path = "starter.rs")]
#[cfg_attr(not(feature = "starter"), path = "solution.rs")]
mod attempt;

#[test]
fn hot() {
    assert!(attempt::IS_HOT, "the water is cold");
}
