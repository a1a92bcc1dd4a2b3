-- The demo shop. Plain enough for PostgreSQL and SQLite alike.
CREATE TABLE customers (
  id INTEGER PRIMARY KEY,
  name VARCHAR(120) NOT NULL,
  email VARCHAR(160) NOT NULL,
  ssn VARCHAR(11) NOT NULL,
  phone VARCHAR(24) NOT NULL,
  birth_date DATE NOT NULL,
  country VARCHAR(2) NOT NULL,
  city VARCHAR(80) NOT NULL,
  segment VARCHAR(12) NOT NULL,
  created_at TIMESTAMP NOT NULL
);

CREATE TABLE employees (
  id INTEGER PRIMARY KEY,
  name VARCHAR(120) NOT NULL,
  email VARCHAR(160) NOT NULL,
  department VARCHAR(40) NOT NULL,
  title VARCHAR(60) NOT NULL,
  salary NUMERIC(12,0) NOT NULL,
  manager_id INTEGER REFERENCES employees (id),
  hired_on DATE NOT NULL
);

CREATE TABLE products (
  id INTEGER PRIMARY KEY,
  sku VARCHAR(16) NOT NULL,
  name VARCHAR(120) NOT NULL,
  category VARCHAR(40) NOT NULL,
  price NUMERIC(12,2) NOT NULL,
  in_stock INTEGER NOT NULL
);

CREATE TABLE orders (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customers (id),
  placed_at TIMESTAMP NOT NULL,
  status VARCHAR(12) NOT NULL,
  channel VARCHAR(12) NOT NULL,
  total NUMERIC(12,2) NOT NULL,
  currency VARCHAR(3) NOT NULL
);

CREATE TABLE order_items (
  id INTEGER PRIMARY KEY,
  order_id INTEGER NOT NULL REFERENCES orders (id),
  product_id INTEGER NOT NULL REFERENCES products (id),
  quantity INTEGER NOT NULL,
  unit_price NUMERIC(12,2) NOT NULL
);

CREATE TABLE payments (
  id INTEGER PRIMARY KEY,
  order_id INTEGER NOT NULL REFERENCES orders (id),
  customer_id INTEGER NOT NULL REFERENCES customers (id),
  method VARCHAR(12) NOT NULL,
  card_number VARCHAR(19),
  iban VARCHAR(34),
  amount NUMERIC(12,2) NOT NULL,
  currency VARCHAR(3) NOT NULL,
  paid_at TIMESTAMP NOT NULL
);

CREATE TABLE tickets (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customers (id),
  employee_id INTEGER REFERENCES employees (id),
  opened_at TIMESTAMP NOT NULL,
  status VARCHAR(12) NOT NULL,
  priority VARCHAR(8) NOT NULL,
  subject VARCHAR(120) NOT NULL,
  body VARCHAR(1000) NOT NULL
);

CREATE INDEX orders_customer ON orders (customer_id);
CREATE INDEX order_items_order ON order_items (order_id);
CREATE INDEX payments_order ON payments (order_id);
CREATE INDEX tickets_customer ON tickets (customer_id);

CREATE VIEW customer_contacts AS
  SELECT id, name, email AS contact, phone FROM customers;
CREATE VIEW open_orders AS
  SELECT o.id, o.placed_at, o.total, o.currency, c.name AS customer, c.country
  FROM orders o JOIN customers c ON c.id = o.customer_id
  WHERE o.status IN ('new', 'paid');
CREATE VIEW revenue_by_country AS
  SELECT c.country, COUNT(*) AS orders, SUM(o.total) AS revenue
  FROM orders o JOIN customers c ON c.id = o.customer_id
  WHERE o.status <> 'void'
  GROUP BY c.country;
CREATE VIEW open_tickets AS
  SELECT t.id, t.opened_at, t.priority, t.subject, e.name AS assigned_to
  FROM tickets t LEFT JOIN employees e ON e.id = t.employee_id
  WHERE t.status = 'open';
