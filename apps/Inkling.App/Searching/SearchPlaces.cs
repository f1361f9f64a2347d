using Inkling.App.Running;
using Inkling.Language;
using Inkling.Mail;

namespace Inkling.App.Searching;

/// <summary>Where the user's search index is, and the encoder that goes with it.</summary>
internal static class SearchPlaces
{
    /// <summary>What the shipped encoder is called.</summary>
    public const string Encoder = "sentence";

    /// <summary>The index of the user's mail when none is named: the one the studio uses as well.</summary>
    public static string Index(DataFolder data) => Path.Combine(data.Index, "mail");

    /// <summary>Whether there is an index in a folder, whoever made it.</summary>
    public static bool IsIndex(string folder) => File.Exists(Path.Combine(folder, "mails.log"));

    /// <summary>The place that a connection string names.</summary>
    /// <param name="option">The option that has it, for messages.</param>
    /// <param name="connection">The string.</param>
    /// <exception cref="FailureException">It is no such string; the message does not repeat it, because it may have a password.</exception>
    public static MailStorage Storage(string option, string connection)
    {
        try
        {
            return MailStorages.Open(connection);
        }
        catch (ArgumentException wrong)
        {
            throw FailureException.Usage($"{option}: {PlainMessage.Of(wrong)}");
        }
    }

    /// <summary>Loads an encoder.</summary>
    /// <param name="model">Its folder; null for the shipped one.</param>
    /// <exception cref="FailureException">There is none.</exception>
    public static SentenceEncoder LoadEncoder(string? model = null) =>
        SentenceEncoder.Load(ModelChoice.ResolveNamed(model, Encoder, "name the folder of a sentence encoder with --model"));
}
