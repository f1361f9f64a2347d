using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Inkling.Vectors;
using Npgsql;

namespace Inkling.Mail;

/// <summary>What was read where, as rows: files of this machine, which this run may change, and those of others, whose mail is not gone only because it is not here.</summary>
internal static class PostgresMailFiles
{
    private static readonly string s_machine = Machine(Environment.MachineName, Id());

    /// <summary>What stands for a machine: hosts of one name are told apart by what the system has drawn for them, copies of one system by their names. Neither can be read from it.</summary>
    public static string Machine(string name, string id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"inkling mail\0{name}\0{id}")).AsSpan(0, 16));

    /// <summary>Reads it.</summary>
    public static SeenFiles Read(NpgsqlConnection connection, PostgresMailSchema schema)
    {
        SeenFiles seen = new();
        using NpgsqlCommand command = new($"SELECT machine = $1, path, length, ticks, mails FROM {schema.Name}.file", connection) { Parameters = { new() { Value = s_machine } } };
        using NpgsqlDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            SeenMail[] mails = MemoryMarshal.Cast<byte, SeenMail>(row.GetFieldValue<byte[]>(4)).ToArray();
            if (row.GetBoolean(0)) seen.Set(row.GetString(1), new SeenFile(row.GetInt64(2), row.GetInt64(3), mails));
            else seen.Elsewhere.UnionWith(mails.Select(mail => mail.Id));
        }

        seen.Changed.Clear();
        return seen;
    }

    /// <summary>Writes what has changed.</summary>
    public static void Write(NpgsqlConnection connection, PostgresMailSchema schema, SeenFiles seen)
    {
        using NpgsqlCommand drop = new($"DELETE FROM {schema.Name}.file WHERE machine = $1 AND path = ANY ($2)", connection) { Parameters = { new() { Value = s_machine }, new() { Value = seen.Changed.Select(PostgresText.Clean).ToArray() } } };
        drop.ExecuteNonQuery();
        // Two names that differ only in what a data base does not take are one file here.
        (string Path, SeenFile File)[] files = [.. seen.Changed.Where(seen.Files.ContainsKey).Select(path => (PostgresText.Clean(path), seen.Files[path])).DistinctBy(file => file.Item1)];
        using NpgsqlCommand add = new($"INSERT INTO {schema.Name}.file SELECT $1, * FROM unnest($2, $3, $4, $5)", connection) { Parameters = { new() { Value = s_machine } } };
        add.Parameters.Add(new() { Value = files.Select(file => file.Path).ToArray() });
        add.Parameters.Add(new() { Value = files.Select(file => file.File.Length).ToArray() });
        add.Parameters.Add(new() { Value = files.Select(file => file.File.Ticks).ToArray() });
        add.Parameters.Add(new() { Value = files.Select(file => MemoryMarshal.AsBytes(file.File.Mails.AsSpan()).ToArray()).ToArray() });
        if (files.Length > 0) add.ExecuteNonQuery();
    }

    // Systems with systemd or D-Bus have one.
    private static string Id()
    {
        try
        {
            return File.ReadAllText("/etc/machine-id").Trim();
        }
        catch (Exception none) when (none is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
