using System.Text;

namespace Inkling.App.Running;

/// <summary>Standard input as UTF-8, whatever the terminal's settings are.</summary>
internal static class StandardInput
{
    /// <summary>Reads all of it. A closing line break belongs to the shell, not to the text.</summary>
    /// <param name="what">What is to be typed, for someone who sits before it.</param>
    public static string ReadText(string what)
    {
        if (!Console.IsInputRedirected)
        {
            Console.Error.WriteLine($"inkling: type the {what}, then Ctrl+D");
        }

        using var reader = new StreamReader(Console.OpenStandardInput(), new UTF8Encoding(false));
        string text = reader.ReadToEnd();
        return text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;
    }
}
