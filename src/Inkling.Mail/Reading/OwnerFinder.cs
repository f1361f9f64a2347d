namespace Inkling.Mail;

/// <summary>Finds out whose mailbox it is, when neither an address was given nor a Sent folder is there.</summary>
internal static class OwnerFinder
{
    private const int HeaderBytes = 1 << 15;
    private const int MostAddresses = 100_000;

    /// <summary>The owner's address; null when no mail has a sender.</summary>
    /// <remarks>
    /// Who receives at least two fifths of the mail and writes some of it is the owner (an inbox has many senders and one recipient);
    /// else who writes most of it. Only headers are looked at.
    /// </remarks>
    public static string? Find(IEnumerable<MailFile> files, MailReadReport report, CancellationToken cancellation)
    {
        var senders = new Dictionary<string, int>(StringComparer.Ordinal);
        var recipients = new Dictionary<string, int>(StringComparer.Ordinal);
        int mails = 0;
        foreach (MailFile file in files)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                foreach (var (bytes, _) in MessageBytes.Read(file.Open(report: null), file.Kind, HeaderBytes))
                {
                    cancellation.ThrowIfCancellationRequested();
                    if (MimeSource.Header(bytes) is not { Count: > 0 } header)
                        continue;
                    mails++;
                    Count(senders, MimeSource.Address(header, "From"));
                    Count(recipients, MimeSource.Address(header, "Delivered-To") ?? MimeSource.Address(header, "To"));
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // The reader comes to the same file later, and counts it.
            }
        }
        if (senders.Count == 0)
            return null;
        var (recipient, received) = recipients.Count > 0 ? recipients.MaxBy(pair => pair.Value) : default;
        bool receives = recipient is not null && received * 5 >= mails * 2 && senders.ContainsKey(recipient);
        string owner = receives ? recipient! : senders.MaxBy(pair => pair.Value).Key;
        report.Note($"Took {owner} for the writer: "
            + (receives ? $"{received} of {mails} mails are addressed to, and {senders[owner]} come from there." : $"{senders[owner]} of {mails} mails come from there.")
            + " Name the address (--me) if that is wrong.");
        return owner;
    }

    private static void Count(Dictionary<string, int> counts, string? address)
    {
        if (address is not null && (counts.Count < MostAddresses || counts.ContainsKey(address)))
            counts[address] = counts.GetValueOrDefault(address) + 1;
    }
}
