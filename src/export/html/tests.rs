//! Pages as their reader's browser gets them.
