using CsCheck;

namespace Inkling.Language.Tests;

public sealed class NGramFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("inkling-ngrams").FullName;

    private string File => Path.Combine(_folder, "ngrams.bin");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static NGramModel Train(int vocabulary = 400)
    {
        var trainer = new NGramTrainer(new NGramTrainerOptions { VocabularySize = vocabulary, PartMarks = [0, 2], TwoSources = false });
        var random = new Random(5);
        for (int i = 0; i < 60; i++)
        {
            int[] sequence = [.. Enumerable.Range(0, 50).Select(at => at == 0 ? 2 : 3 + (int)((vocabulary - 3) * Math.Pow(random.NextDouble(), 3)))];
            trainer.Add(sequence);
        }
        // One token with more than 255 continuations, whose number takes the long form.
        for (int token = 3; token < vocabulary; token++)
            trainer.Add([3, token]);
        return trainer.Train();
    }

    [Fact]
    public void A_saved_model_loads_as_it_was()
    {
        NGramModel model = Train();
        model.Save(File);
        NGramModel loaded = NGramModel.Load(File);
        Assert.Equal((model.Order, model.VocabularySize, model.Count), (loaded.Order, loaded.VocabularySize, loaded.Count));
        Assert.Single(Directory.GetFiles(_folder));
        Gen.Int[0, 399].Array[0, 12].Sample(history =>
        {
            PredictorState a = model.NewState(), b = loaded.NewState();
            foreach (int token in history)
            {
                model.Step(a, token);
                loaded.Step(b, token);
            }
            float[] x = new float[400], y = new float[400];
            model.Predict(a, x);
            loaded.Predict(b, y);
            Assert.Equal(x, y);
            Assert.Equal(model.KnownContext(a), loaded.KnownContext(b));
        }, iter: 200);
    }

    [Fact]
    public void A_damaged_file_gives_one_clear_error_wherever_the_damage_is()
    {
        Train().Save(File);
        byte[] bytes = System.IO.File.ReadAllBytes(File);
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Int[1, 255], Gen.Bool).Sample((at, change, cut) =>
        {
            if (at is >= 12 and < 16 && !cut)
                return;     // padding between version and checksum
            byte[] damaged = cut ? bytes[..at] : [.. bytes];
            if (!cut)
                damaged[at] ^= (byte)change;
            System.IO.File.WriteAllBytes(File, damaged);
            var error = Assert.Throws<InvalidDataException>(() => NGramModel.Load(File));
            Assert.StartsWith($"NGramModel.Load: {File}: ", error.Message, StringComparison.Ordinal);
            Assert.Contains("Restore the file", error.Message, StringComparison.Ordinal);
        }, iter: 500, threads: 1);
    }

    [Fact]
    public void Other_versions_and_other_files_are_told_apart_from_damage()
    {
        Train().Save(File);
        byte[] bytes = System.IO.File.ReadAllBytes(File);
        bytes[8] = 9;
        System.IO.File.WriteAllBytes(File, bytes);
        Assert.Contains("version 9", Assert.Throws<InvalidDataException>(() => NGramModel.Load(File)).Message, StringComparison.Ordinal);
        System.IO.File.WriteAllText(File, "something else entirely, of some length");
        Assert.Contains("no n-gram model", Assert.Throws<InvalidDataException>(() => NGramModel.Load(File)).Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => NGramModel.Load(File + "x"));
    }

    [Fact]
    public void A_save_that_fails_leaves_what_was_there()
    {
        Directory.CreateDirectory(File);
        Assert.ThrowsAny<Exception>(() => Train(20).Save(File));
        Assert.Empty(Directory.GetFiles(_folder));
    }
}
