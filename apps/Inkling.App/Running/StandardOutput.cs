using System.Text;

namespace Inkling.App.Running;

/// <summary>Standard output as UTF-8, whatever the terminal says it is: results are read by programs.</summary>
internal static class StandardOutput
{
    /// <summary>Writes one line. Half of a surrogate pair becomes U+FFFD.</summary>
    public static void WriteLine(string text)
    {
        using Stream stream = Console.OpenStandardOutput();
        stream.Write(Encoding.UTF8.GetBytes(text + "\n"));
    }
}
