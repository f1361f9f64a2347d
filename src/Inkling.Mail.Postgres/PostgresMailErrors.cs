using Inkling.Vectors;
using Npgsql;

namespace Inkling.Mail;

/// <summary>Turns what a data base says into the errors of mail search.</summary>
internal static class PostgresMailErrors
{
    /// <summary>Does something with the data base.</summary>
    /// <exception cref="InvalidDataException">It is not set up for this.</exception>
    /// <exception cref="IOException">It cannot be reached, or does not do it.</exception>
    public static T Do<T>(string place, Func<T> what)
    {
        try
        {
            return what();
        }
        catch (PostgresException gone) when (gone.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.UndefinedColumn)
        {
            throw new InvalidDataException($"Mail search: the tables in {place} are not those of this program ({gone.MessageText}). Drop the schema and run `inkling search index` again, or name another mailbox.", gone);
        }
        catch (Exception wrong) when (PostgresErrors.Knows(wrong))
        {
            throw new IOException(PostgresErrors.Describe("Mail search", place, wrong), wrong);
        }
    }
}
