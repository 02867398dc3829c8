//! The build of every library needs one to be there.
