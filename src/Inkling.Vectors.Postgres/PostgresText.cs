using System.Text;

namespace Inkling.Vectors;

/// <summary>Texts as a data base takes them.</summary>
internal static class PostgresText
{
    /// <summary>A text without zeros and halves of characters, which PostgreSQL does not know; as long as before.</summary>
    public static string Clean(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', ' ');
}
