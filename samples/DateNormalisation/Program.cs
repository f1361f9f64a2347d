// Dates as people write them, in English and German, to 2021-05-03:   dotnet run -c Release --project samples/DateNormalisation -- [EPOCHS] [SEED] [TESTS]
// Tests run it with: 0.01 1 50
using System.Globalization;
using Inkling;
using Inkling.Language;
using Inkling.Nn;
using Inkling.Training;
using Inkling.Training.Data;

double epochs = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 3;
int seed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1, tests = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 10_000;

// Conventions: 12/31/99 has the month first, 31.12.99 the day; years of two digits are 1950 to 2049.
CultureInfo english = CultureInfo.InvariantCulture, german = (CultureInfo)english.Clone();
german.DateTimeFormat.MonthNames = german.DateTimeFormat.MonthGenitiveNames = ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember", ""];
german.DateTimeFormat.AbbreviatedMonthNames = german.DateTimeFormat.AbbreviatedMonthGenitiveNames = ["Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez.", ""];
german.DateTimeFormat.DayNames = ["Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"];
string[] forms = ["d# MMMM yyyy", "'the' d# 'of' MMMM yyyy", "MMMM d#, yyyy", "dddd, d MMM. yyyy", "ddd d MMM yy", "d MMMM yyyy", "MMM d, yyyy", "MMMM d yyyy", "dd-MMM-yyyy", "dddd, MMMM d, yyyy", "yyyy MMM d", "MM/dd/yy", "M/d/yyyy", "yyyy/MM/dd", "yyyyMMdd"];
string[] germanForms = ["d. MMMM yyyy", "dddd, 'den' d. MMMM yyyy", "dddd, d. MMM yyyy", "d. MMM yy", "'am' d. MMMM yyyy", "dd.MM.yyyy", "d.M.yy", "d. M. yyyy"];

// Every day from 1950 to 2049 in an order of its own; the last ones are never learnt in any form.
Random random = new(seed);
DateTime[] days = [.. Enumerable.Range(0, 36_525).Select(day => new DateTime(1950, 1, 1).AddDays(day))];
random.Shuffle(days);
DateTime[] learnt = [.. days[..^10_500], .. days[..^10_500]], held = days[^10_500..^10_000], test = days[^10_000..][..tests];
string[] learntTexts = [.. learnt.Select(Write)], heldTexts = [.. held.Select(Write)], testTexts = [.. test.Select(Write)];

CharacterSymbols characters = CharacterSymbols.Of(learntTexts), digits = CharacterSymbols.Of(learnt.Select(Iso));
using Translator translator = Translator.Create(characters, digits, (ulong)seed, new EncoderDecoderConfig { EmbeddingWidth = 64, HiddenWidth = 128, AttentionWidth = 64 });
DataLoader training = new(translator.Pairs(learntTexts, learnt.Select(Iso)), new LoaderOptions { BatchSize = 64, Shuffle = true, Seed = (ulong)seed, BucketBy = "source", TimeFirst = true });
FitResult result = translator.Model.Fit(translator.Model.Forward, training, translator.Model.Loss, new Adam(translator.Model.Parameters) { LearningRate = 0.003f }, new FitOptions
{
    Epochs = epochs,
    Validation = new DataLoader(translator.Pairs(heldTexts, held.Select(Iso)), new LoaderOptions { BatchSize = 100, TimeFirst = true }),
    Schedule = new CosineSchedule((long)(epochs * training.BatchesPerEpoch)),
    ClipNorm = 1,
    Folder = $"out/dates-{seed}",
    Title = $"Dates to ISO 8601, character by character, seed {seed}",
    Seed = (ulong)seed,
});
Console.WriteLine($"seed {seed}: {result}");

IReadOnlyList<string> written = translator.Translate(testTexts, new DecodingOptions { BeamSize = 1, LongestTarget = 12, BatchSize = 500 });
int[] wrong = [.. Enumerable.Range(0, tests).Where(i => written[i] != Iso(test[i]))];
for (int i = 0; i < Math.Min(5, tests); i++) Console.WriteLine($"  {testTexts[i]} → {written[i]}");
foreach (int i in wrong.Take(5)) Console.WriteLine($"  wrong: {testTexts[i]} → {written[i]}, not {Iso(test[i])}");
File.WriteAllText($"out/dates-{seed}/attention.svg", translator.DrawAttention(testTexts[0]));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"exact: {tests - wrong.Length} of {tests}, {100.0 * (tests - wrong.Length) / tests:0.00} %"));

string Iso(DateTime day) => day.ToString("yyyy-MM-dd", english);

string Write(DateTime day)
{
    int form = random.Next(forms.Length + germanForms.Length);
    string ordinal = day.Day % 10 is 1 or 2 or 3 && day.Day is < 10 or > 20 ? new[] { "st", "nd", "rd" }[(day.Day % 10) - 1] : "th";
    string text = form < forms.Length ? day.ToString(forms[form].Replace("d#", $"d'{ordinal}'", StringComparison.Ordinal), english) : day.ToString(germanForms[form - forms.Length], german);
    return random.Next(6) switch { 0 => text.ToLowerInvariant(), 1 => text.ToUpperInvariant(), _ => text };
}
