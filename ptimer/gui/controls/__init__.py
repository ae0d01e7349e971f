"""What screens are made of: buttons, fields, boxes, tables, and how they are painted."""
