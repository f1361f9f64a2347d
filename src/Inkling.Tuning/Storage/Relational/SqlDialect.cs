using System.Data.Common;

namespace Inkling.Tuning;

/// <summary>
/// Where a data base differs from others, for <see cref="RelationalStorage"/>. Its tables are those of its migrations: <c>study</c>, <c>trial</c> and
/// <c>report</c>; parameters of commands are called <c>@name</c>.
/// </summary>
public abstract class SqlDialect
{
    /// <summary>Opens a connection, with the tables there and of the present version; called again for every connection.</summary>
    /// <exception cref="StorageException">It is not a data base of studies, or of a newer version.</exception>
    public abstract DbConnection Open();

    /// <summary>Called before a connection that is open already is used again.</summary>
    /// <exception cref="StorageException">The data base is gone for good.</exception>
    public virtual void Check() { }

    /// <summary>An expression: microseconds since 1970 by the clock of the data base.</summary>
    public abstract string Now { get; }

    /// <summary>An expression for the change of a row of <c>trial</c> in study <c>@study</c>: not below <see cref="Stamp"/> of any read that has not seen it.</summary>
    public abstract string Change { get; }

    /// <summary>An expression, read before the rows: all changes below it are seen.</summary>
    public abstract string Stamp { get; }

    /// <summary>What locks selected rows until the end of the transaction; the whole data base may be locked already.</summary>
    public abstract string Lock { get; }

    /// <summary>The same, leaving out rows that another transaction has locked.</summary>
    public abstract string LockFree { get; }

    /// <summary>An expression: a text parameter as a JSON value.</summary>
    /// <param name="parameter">Its name, with the <c>@</c>.</param>
    public abstract string Json(string parameter);

    /// <summary>An expression: a JSON object with the members of another put in.</summary>
    /// <param name="column">Column of the object.</param>
    /// <param name="parameter">Parameter with the other, with the <c>@</c>.</param>
    public abstract string Merge(string column, string parameter);

    /// <summary>Whether an error is the data base's, and passes with time: a lost connection, a restart, a lock.</summary>
    /// <param name="error">What a command has thrown.</param>
    /// <returns>Null if the error is not one of the data base.</returns>
    public abstract bool? IsPassing(Exception error);

    /// <summary>What to say when the data base cannot be used: which, why, and what to do.</summary>
    /// <param name="error">What a command has thrown.</param>
    /// <param name="waited">How long it was tried.</param>
    public abstract string Describe(Exception error, TimeSpan waited);
}
