"""From what shoppers did to what each is shown next."""
