using System.Globalization;

namespace Inkling.Vectors;

/// <summary>How values of one type are kept, written and handed out.</summary>
/// <param name="name">The type in files.</param>
internal abstract class ValueCodec(string name)
{
    private static readonly Dictionary<Type, ValueCodec> s_all = All();

    /// <summary>The type in files.</summary>
    public string Name { get; } = name;

    /// <summary>Types that there are codecs for, for messages.</summary>
    public const string Supported =
        "string, bool, byte, short, int, long, ushort, uint, ulong, float, double, decimal, DateTime, DateTimeOffset, DateOnly, TimeOnly, TimeSpan, Guid, their nullable forms, arrays and lists";

    /// <summary>The codec of a type, or null.</summary>
    public static ValueCodec? Find(Type type) => s_all.GetValueOrDefault(Nullable.GetUnderlyingType(type) ?? type);

    /// <summary>The codec of a type that has been checked.</summary>
    public static ValueCodec Of(Type type) => Find(type) ?? throw new NotSupportedException($"Collection: values of type {type.Name} are not kept. Take {Supported}.");

    /// <summary>A value that nobody else changes.</summary>
    public abstract object Keep(object value);

    /// <summary>A value of the property's type that the caller may change.</summary>
    public abstract object HandOut(object kept);

    /// <summary>Writes a kept value.</summary>
    public abstract void Write(BinaryWriter writer, object kept);

    /// <summary>Reads a kept value.</summary>
    public abstract object Read(BinaryReader reader);

    private static Dictionary<Type, ValueCodec> All()
    {
        Dictionary<Type, ValueCodec> all = [];
        Add(all, "string", (writer, value) => writer.Write(value), reader => reader.ReadString());
        Add(all, "bool", (writer, value) => writer.Write(value), reader => reader.ReadBoolean());
        Add(all, "byte", (writer, value) => writer.Write(value), reader => reader.ReadByte());
        Add(all, "short", (writer, value) => writer.Write(value), reader => reader.ReadInt16());
        Add(all, "int", (writer, value) => writer.Write(value), reader => reader.ReadInt32());
        Add(all, "long", (writer, value) => writer.Write(value), reader => reader.ReadInt64());
        Add(all, "ushort", (writer, value) => writer.Write(value), reader => reader.ReadUInt16());
        Add(all, "uint", (writer, value) => writer.Write(value), reader => reader.ReadUInt32());
        Add(all, "ulong", (writer, value) => writer.Write(value), reader => reader.ReadUInt64());
        Add(all, "float", (writer, value) => writer.Write(value), reader => reader.ReadSingle());
        Add(all, "double", (writer, value) => writer.Write(value), reader => reader.ReadDouble());
        Add(all, "decimal", (writer, value) => writer.Write(value), reader => reader.ReadDecimal());
        Add(all, "datetime", (writer, value) => writer.Write(value.ToBinary()), reader => DateTime.FromBinary(reader.ReadInt64()));
        Add(all, "timespan", (writer, value) => writer.Write(value.Ticks), reader => new TimeSpan(reader.ReadInt64()));
        Add(all, "dateonly", (writer, value) => writer.Write(value.DayNumber), reader => DateOnly.FromDayNumber(reader.ReadInt32()));
        Add(all, "timeonly", (writer, value) => writer.Write(value.Ticks), reader => new TimeOnly(reader.ReadInt64()));
        Add(all, "guid", (writer, value) => writer.Write(value.ToByteArray()), reader => new Guid(reader.ReadBytes(16)));
        Add(
            all,
            "datetimeoffset",
            (writer, value) => writer.Write(value.ToString("O", CultureInfo.InvariantCulture)),
            reader => DateTimeOffset.ParseExact(reader.ReadString(), "O", CultureInfo.InvariantCulture));
        return all;
    }

    private static void Add<T>(Dictionary<Type, ValueCodec> all, string name, Action<BinaryWriter, T> write, Func<BinaryReader, T> read)
        where T : notnull
    {
        all[typeof(T)] = new Single<T>(name, write, read);
        all[typeof(T[])] = new Many<T>(name + "s", write, read, asArray: true);
        var list = new Many<T>(name + "s", write, read, asArray: false);
        foreach (Type type in (Type[])[typeof(List<T>), typeof(IList<T>), typeof(ICollection<T>), typeof(IEnumerable<T>), typeof(IReadOnlyList<T>), typeof(IReadOnlyCollection<T>)])
            all[type] = list;
    }

    private sealed class Single<T>(string name, Action<BinaryWriter, T> write, Func<BinaryReader, T> read) : ValueCodec(name)
        where T : notnull
    {
        public override object Keep(object value) => value;

        public override object HandOut(object kept) => kept;

        public override void Write(BinaryWriter writer, object kept) => write(writer, (T)kept);

        public override object Read(BinaryReader reader) => read(reader);
    }

    private sealed class Many<T>(string name, Action<BinaryWriter, T> write, Func<BinaryReader, T> read, bool asArray) : ValueCodec(name)
        where T : notnull
    {
        public override object Keep(object value)
        {
            T[] kept = [.. (IEnumerable<T>)value];
            return Array.TrueForAll(kept, one => one is not null) ? kept : throw new ArgumentException($"Upsert: a list of {Name} has a null in it. Leave it out.");
        }

        public override object HandOut(object kept) => asArray ? ((T[])kept).Clone() : new List<T>((T[])kept);

        public override void Write(BinaryWriter writer, object kept)
        {
            var values = (T[])kept;
            writer.Write(values.Length);
            foreach (T value in values)
                write(writer, value);
        }

        public override object Read(BinaryReader reader)
        {
            int count = reader.ReadInt32();
            List<T> values = [];
            for (int i = 0; i < count; i++)
                values.Add(read(reader));
            return values.ToArray();
        }
    }
}
