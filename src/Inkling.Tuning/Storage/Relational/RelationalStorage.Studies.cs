using System.Data.Common;

namespace Inkling.Tuning;

public abstract partial class RelationalStorage
{
    private const string StudyColumns = "id, name, directions, seed, attributes, created, trials";

    /// <inheritdoc/>
    public StudyRecord CreateStudy(StudySpecification specification)
    {
        specification = specification.Checked();
        string claim = NewClaim();
        return Run(true, work =>
        {
            // Two that create at once: the second waits for the first, then inserts nothing.
            int added = work.Execute($"""
                INSERT INTO study (name, directions, seed, attributes, created, trials, claim)
                VALUES (@name, @directions, @seed, {_dialect.Json("@attributes")}, {_dialect.Now}, 0, @claim) ON CONFLICT (name) DO NOTHING
                """,
                ("name", RecordText.Clean(specification.Name)), ("directions", RecordText.Directions(specification.Directions)),
                ("seed", unchecked((long)specification.Seed)), ("attributes", RecordText.Texts(specification.Attributes)), ("claim", claim));
            if (added == 0 && work.Scalar("SELECT claim FROM study WHERE name = @name", ("name", specification.Name)) as string != claim)
                throw new StudyExistsException($"Study: \"{specification.Name}\" is there already; open it to go on with it, or take another name.");
            return Find(work, specification.Name)!;
        });
    }

    /// <inheritdoc/>
    public StudyRecord? FindStudy(string name) => Run(false, work => Find(work, name));

    /// <inheritdoc/>
    public IReadOnlyList<StudyRecord> ListStudies() => Run(false, work => work.Rows($"SELECT {StudyColumns} FROM study ORDER BY id", ReadStudy));

    /// <inheritdoc/>
    public void DeleteStudy(long study) => Run(true, work =>
    {
        // Each waits for those who are adding to it: trials are added under the row of their study, reports under that of their trial.
        work.Execute("DELETE FROM study WHERE id = @study", ("study", study));
        work.Execute("DELETE FROM trial WHERE study = @study", ("study", study));
        return work.Execute("DELETE FROM report WHERE study = @study", ("study", study));
    });

    /// <inheritdoc/>
    public void SetStudyAttribute(long study, string name, string value) => Run(true, work =>
    {
        int written = work.Execute($"UPDATE study SET attributes = {_dialect.Merge("attributes", "@text")} WHERE id = @study",
            ("text", RecordText.Texts([KeyValuePair.Create(name, value)])), ("study", study));
        return written > 0 ? written : throw NoStudy(study);
    });

    private static StudyRecord? Find(SqlWork work, string name)
        => work.Rows($"SELECT {StudyColumns} FROM study WHERE name = @name", ReadStudy, ("name", RecordText.Clean(name))).FirstOrDefault();

    private static StudyRecord ReadStudy(DbDataReader row)
    {
        try
        {
            var specification = new StudySpecification(row.GetString(1), RecordText.ReadDirections(row.GetString(2)), unchecked((ulong)row.GetInt64(3)))
            {
                Attributes = RecordText.ReadTexts(row.GetString(4)),
            };
            return new StudyRecord(row.GetInt64(0), specification, TrialReader.Time(row.GetInt64(5)), (int)row.GetInt64(6));
        }
        catch (Exception wrong) when (TrialReader.IsDamage(wrong))
        {
            throw new StorageException($"Studies: study {row.GetValue(0)} is damaged: {wrong.Message.TrimEnd('.')}; put a copy of the data base back.", wrong);
        }
    }

    private static string NewClaim() => Guid.NewGuid().ToString("N");

    private static long Microseconds(TimeSpan time) => time.Ticks / TimeSpan.TicksPerMicrosecond;

    private static long? Microseconds(DateTimeOffset? time) => time is { } known ? Microseconds(known - DateTimeOffset.UnixEpoch) : null;
}
