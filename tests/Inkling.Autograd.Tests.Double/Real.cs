global using real = System.Double;
