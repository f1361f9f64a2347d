namespace Inkling.Mail;

/// <summary>
/// What a search asks of the place where a mailbox is kept. A passage is named by a key (<see cref="PassageIndexing"/>), a mail by its number.
/// Safe to use from several threads.
/// </summary>
internal interface IMailIndexReader : IDisposable
{
    /// <summary>Mails that can be found.</summary>
    int Mails { get; }

    /// <summary>Their passages.</summary>
    int Passages { get; }

    /// <summary>Passages with one of some words, by BM25, best first.</summary>
    List<long> ByWords(string words, int count, MailFilter filter);

    /// <summary>Passages by the cosine of their vectors, nearest first.</summary>
    List<long> ByMeaning(float[] meaning, int count, MailFilter filter);

    /// <summary>Some mails; those that are gone are left out.</summary>
    Dictionary<int, ArchivedMail> Read(IEnumerable<int> numbers);

    /// <summary>The mails of the thread that a mail is in, oldest first; none if it is not there.</summary>
    IReadOnlyList<(int Number, ArchivedMail Mail)> Thread(int number, int most);

    /// <summary>Checks all of it.</summary>
    /// <returns>Bytes that it takes.</returns>
    /// <exception cref="InvalidDataException">Something is damaged.</exception>
    long Verify(CancellationToken cancellation);
}
