using System.Globalization;
using Inkling.Language;
using Inkling.Text;
using Inkling.Vectors;
using Npgsql;

namespace Inkling.Mail;

/// <summary>Writes the passages of mails: their terms, counted as BM25 wants them, and their vectors.</summary>
internal sealed class PostgresMailPassages(PostgresMailSchema schema, ITextEncoder encoder)
{
    // Of long mails there are many, each to be put among its neighbours, and a statement has a time limit.
    private const int MostAtOnce = 1000;

    /// <summary>Makes passages of mails and writes them; within the transaction of the connection.</summary>
    public void Write(NpgsqlConnection connection, IReadOnlyList<(int Number, ArchivedMail Mail)> mails)
    {
        Passage[][] made = new Passage[mails.Count][];
        Parallel.For(0, mails.Count, i => made[i] = [.. PassageIndexing.Entries(mails[i].Number, mails[i].Mail, encoder).Select(Passage.Of)]);
        Passage[] all = [.. made.SelectMany(one => one)];
        foreach (Passage[] some in all.Chunk(MostAtOnce)) Insert(connection, some);
        using (NpgsqlCommand count = new($"UPDATE {schema.Name}.mail SET passages = given.passages FROM unnest($1, $2) AS given (number, passages) WHERE mail.number = given.number", connection))
        {
            count.Parameters.Add(new() { Value = mails.Select(one => one.Number).ToArray() });
            count.Parameters.Add(new() { Value = made.Select(one => one.Length).ToArray() });
            count.ExecuteNonQuery();
        }

        using NpgsqlCommand about = new($"UPDATE {schema.Name}.about SET passages = passages + $1, terms = terms + $2", connection);
        about.Parameters.Add(new() { Value = (long)all.Length });
        about.Parameters.Add(new() { Value = all.Sum(one => (long)one.Length) });
        about.ExecuteNonQuery();
    }

    /// <summary>The terms of a text and how often each is there.</summary>
    public static IReadOnlyList<(string Term, int Count)> Count(string text)
    {
        List<string> terms = [];
        WordAnalyzer.Default.Analyze(text, terms);
        return [.. terms.CountBy(PostgresText.Clean).Select(one => (one.Key, one.Value))];
    }

    private void Insert(NpgsqlConnection connection, Passage[] passages)
    {
        using NpgsqlCommand command = new($"""
            INSERT INTO {schema.Name}.passage (key, mail, terms, counts, length, vector)
            SELECT key, (key >> {PassageIndexing.PassageBits})::integer, string_to_array(terms, ' '), string_to_array(counts, ' ')::integer[], length, vector
            FROM unnest($1, $2, $3, $4, $5) AS given (key, terms, counts, length, vector)
            """, connection);
        command.Parameters.Add(new() { Value = passages.Select(one => one.Key).ToArray() });
        command.Parameters.Add(new() { Value = passages.Select(one => one.Terms).ToArray() });
        command.Parameters.Add(new() { Value = passages.Select(one => one.Counts).ToArray() });
        command.Parameters.Add(new() { Value = passages.Select(one => one.Length).ToArray() });
        command.Parameters.Add(new() { Value = passages.Select(one => new Pgvector.Vector(one.Vector)).ToArray() });
        command.ExecuteNonQuery();
    }

    // Arrays of arrays must all be of one length: these go as texts.
    private readonly record struct Passage(long Key, string Terms, string Counts, int Length, float[] Vector)
    {
        public static Passage Of(PassageIndexing.Entry entry)
        {
            IReadOnlyList<(string Term, int Count)> terms = PostgresMailPassages.Count(entry.Text);
            return new Passage(entry.Key, string.Join(' ', terms.Select(one => one.Term)), string.Join(' ', terms.Select(one => one.Count.ToString(CultureInfo.InvariantCulture))), terms.Sum(one => one.Count), entry.Vector);
        }
    }
}
