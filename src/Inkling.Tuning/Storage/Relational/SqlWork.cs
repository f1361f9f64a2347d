using System.Data.Common;

namespace Inkling.Tuning;

/// <summary>One try of one operation on a connection.</summary>
/// <param name="Connection">An open connection, in a transaction if the operation writes.</param>
/// <param name="IsRetry">Whether a try before ended with a lost connection, so that it may have been carried out.</param>
internal readonly record struct SqlWork(DbConnection Connection, bool IsRetry)
{
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using DbCommand command = Command(sql, parameters);
        return command.ExecuteNonQuery();
    }

    public object? Scalar(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using DbCommand command = Command(sql, parameters);
        return command.ExecuteScalar();
    }

    public List<T> Rows<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using DbCommand command = Command(sql, parameters);
        using DbDataReader reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }

    public DbCommand Command(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        DbCommand command = Connection.CreateCommand();
#pragma warning disable CA2100 // Every text is one of this assembly's and its dialects' own; what a user gives is a parameter.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach ((string name, object? value) in parameters)
        {
            DbParameter parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
