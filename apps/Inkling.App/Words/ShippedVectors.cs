using Inkling.App.Running;
using Inkling.Language;

namespace Inkling.App.Words;

/// <summary>Which word vectors a command uses: those named, else the shipped ones.</summary>
internal static class ShippedVectors
{
    private const string Name = "words";

    /// <summary>Reads them.</summary>
    /// <param name="given">What <c>--vectors</c> names, or null.</param>
    /// <exception cref="FailureException">There are none, or the file is damaged; the message says what to do.</exception>
    public static WordVectors Load(string? given)
    {
        return Read(given ?? ModelChoice.ResolveNamed(null, Name, "name a file of word vectors with --vectors"), WordVectors.Load);
    }

    /// <summary>Reads vectors with those of parts of words; null where there are none beside them.</summary>
    /// <param name="given">What <c>--vectors</c> names, or null.</param>
    /// <exception cref="FailureException">A file is damaged, or the parts are of other words.</exception>
    public static SubwordVectors? LoadWithParts(string? given) => given is not null && given.Length > 0 && SubwordVectors.AreBeside(given) ? Read(given, SubwordVectors.Load) : null;

    private static T Read<T>(string path, Func<string, T> read)
    {
        try
        {
            return read(path);
        }
        catch (Exception error) when (error is FileNotFoundException or InvalidDataException)
        {
            throw new FailureException(error.Message);
        }
    }
}
