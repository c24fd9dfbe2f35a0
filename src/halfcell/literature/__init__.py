"""Literature: reported results as data; tables and charts that place an own result among them."""
