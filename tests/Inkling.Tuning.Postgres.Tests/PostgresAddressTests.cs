namespace Inkling.Tuning.Tests;

public sealed class PostgresAddressTests
{
    [Theory]
    [InlineData("postgres://ada@db.example/studies", "ada", "db.example", 5432, "studies", null)]
    [InlineData("postgresql://ada:p%40ss%2Fw@db.example:6543/my%20studies?sslmode=verify-full", "ada", "db.example", 6543, "my studies", "p@ss/w")]
    [InlineData("postgres://ada@[::1]:6543/s", "ada", "::1", 6543, "s", null)]
    [InlineData("postgres://ada@/s?host=%2Frun%2Fpostgresql", "ada", "/run/postgresql", 5432, "s", null)]
    public void Addresses_are_read(string address, string user, string host, int port, string dataBase, string? password)
    {
        PostgresAddress read = PostgresAddress.Parse(address);
        Assert.Equal((user, host, port, dataBase, password), (read.Settings.Username, read.Settings.Host, read.Settings.Port, read.Settings.Database, read.Settings.Password));
        Assert.DoesNotContain("p@ss", read.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgres://ada:secret@db.example")]
    [InlineData("postgres://ada:secret@db.example/")]
    [InlineData("mysql://ada:secret@db.example/s")]
    [InlineData("postgres://ada:secret@db.example:port/s")]
    [InlineData("postgres://ada:secret@db.example/s?colour=red")]
    [InlineData("postgres://ada:secret@db.example/s?sslmode=perhaps")]
    public void What_is_no_address_is_an_error_without_the_password(string address)
    {
        string message = Assert.Throws<ArgumentException>(() => PostgresAddress.Parse(address)).Message;
        Assert.Contains("postgres://user@host/database", message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", message, StringComparison.Ordinal);
    }
}
