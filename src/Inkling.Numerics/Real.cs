global using real = System.Single;
