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
        string path = given ?? ModelChoice.ResolveNamed(null, Name, "name a file of word vectors with --vectors");
        try
        {
            return WordVectors.Load(path);
        }
        catch (Exception error) when (error is FileNotFoundException or InvalidDataException)
        {
            throw new FailureException(error.Message);
        }
    }
}
