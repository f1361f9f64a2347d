namespace Inkling.Mail;

/// <summary>Remembers how mails began, so that answers which quote nothing find what they answer. The oldest are forgotten.</summary>
internal sealed class PreviousMails
{
    private const int Most = 20_000;
    private const int Length = 600;

    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>Remembers a mail.</summary>
    public void Add(string id, string text)
    {
        if (id.Length == 0 || text.Length == 0 || !_texts.TryAdd(id, MailCleaner.Cut(text, Length)))
            return;
        _order.Enqueue(id);
        if (_order.Count > Most)
            _texts.Remove(_order.Dequeue());
    }

    /// <summary>How the mail with an id began; empty when it is not known.</summary>
    public string Find(string id) => _texts.GetValueOrDefault(id, "");
}
