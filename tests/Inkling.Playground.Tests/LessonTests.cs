namespace Inkling.Playground.Tests;

/// <summary>The lessons: what their sentences say is true of their set-ups.</summary>
[Trait("Speed", "Slow")]
public sealed class LessonTests
{
    public static TheoryData<string> Names => [.. LessonCatalogue.All.Select(lesson => lesson.Name)];

    [Fact]
    public void There_are_ten_and_they_lead_to_one_another()
    {
        Assert.Equal(10, LessonCatalogue.All.Count);
        Assert.Equal(10, LessonCatalogue.All.Select(lesson => lesson.Name).Distinct().Count());
        Assert.Null(LessonCatalogue.Before(LessonCatalogue.All[0]));
        Assert.Null(LessonCatalogue.After(LessonCatalogue.All[9]));
        Assert.Equal("gates", LessonCatalogue.After(LessonCatalogue.Before(LessonCatalogue.All[1])!)!.Name);
        Assert.Equal(10, LessonCatalogue.NumberOf(LessonCatalogue.All[9]));
        Assert.Null(LessonCatalogue.Find("nothing"));
        Assert.Null(LessonCatalogue.Find(null));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_lesson_is_three_sentences_and_every_field_of_it_is_understood(string name)
    {
        Lesson lesson = LessonCatalogue.Find(name)!;
        Assert.Equal(3, lesson.Sentences.Count);
        Assert.All(lesson.Sentences, sentence => Assert.EndsWith(".", sentence, StringComparison.Ordinal));
        Assert.Equal("", lesson.Tries[0].Changes);
        foreach (LessonTry one in lesson.Tries)
        {
            string fields = $"{lesson.Fields}&{one.Changes}";
            Assert.Empty(SetupText.Parse(fields).Problems);
            Assert.All(fields.Split('&', StringSplitOptions.RemoveEmptyEntries), part => Assert.NotNull(SetupFields.Find(part.Split('=')[0])));
            Assert.Equal(lesson.SetupOf(one), SetupText.Parse(lesson.LinkOf(one).Split('#')[1]).Setup);
        }

        Assert.Equal(lesson.Tries.Count, lesson.Tries.Select(lesson.LinkOf).Distinct().Count());
    }

    [Fact]
    public void A_neuron_learns_two_clouds_in_five_epochs_and_no_circle()
    {
        Assert.InRange(After("neuron", 0, 5).Test, 0, 0.02f);
        Assert.InRange(After("neuron", 2, 100).Test, 0.3f, 1);
    }

    [Fact]
    public void One_neuron_is_OR_or_AND_by_its_bias()
    {
        Assert.InRange(After("gates", 0, 100).Training, 0, 0.1f);
        Assert.InRange(After("gates", 1, 100).Training, 0, 0.1f);
        Assert.InRange(After("gates", 2, 300).Training, 0.4f, 1);
        (float[] or, float orBias) = Learnt(0);
        (float[] and, float andBias) = Learnt(1);
        Assert.All([.. or, .. and], weight => Assert.True(weight > 0));
        Assert.True(andBias < orBias - 0.5f && orBias < 0, $"{orBias} and {andBias}");

        static (float[] Weights, float Bias) Learnt(int which)
        {
            using PlaygroundRun run = Trained("gates", which, 100);
            return (run.Network.Layers[0].Weight.Values.ToArray(), run.Network.Layers[0].Bias!.Values[0]);
        }
    }

    [Fact]
    public void Exclusive_or_needs_a_hidden_layer_or_the_product()
    {
        Assert.InRange(After("xor", 0, 500).Test, 0.4f, 1);
        Assert.InRange(After("xor", 1, 200).Test, 0, 0.15f);
        Assert.InRange(After("xor", 2, 50).Test, 0, 0.02f);
    }

    [Fact]
    public void Four_layers_of_sigmoids_stay_at_chance_where_tanh_and_ReLU_learn()
    {
        Assert.InRange(After("activations", 0, 50).Test, 0.45f, 0.6f);
        Assert.InRange(After("activations", 1, 50).Test, 0, 0.05f);
        Assert.InRange(After("activations", 2, 50).Test, 0, 0.05f);
    }

    [Fact]
    public void A_rate_of_ten_saturates_tanh_and_it_learns_no_more()
    {
        using PlaygroundRun run = Trained("activations", 3, 10);
        NetworkMaps maps = new(run);
        maps.Update();
        ReadOnlySpan<byte> first = maps.Bytes.Span[..(4 * NetworkMaps.NeuronSide * NetworkMaps.NeuronSide)];
        int flat = 0;
        foreach (byte shade in first) flat += shade is < 3 or > 252 ? 1 : 0;
        Assert.True(flat > first.Length * 9 / 10, $"{flat} of {first.Length} places are saturated");
        float before = run.Losses().Training;
        Train(run, 50);
        Assert.InRange(run.Losses().Training, before - 0.05f, before + 0.05f);
        Assert.InRange(before, 0.4f, 2);
    }

    [Fact]
    public void A_small_rate_crawls_and_a_large_one_diverges()
    {
        Assert.InRange(After("rate", 0, 5).Test, 0.3f, 10);
        Assert.InRange(After("rate", 1, 5).Test, 0, 0.01f);
        using PlaygroundRun wild = Trained("rate", 2, 5);
        Assert.InRange(wild.DivergedAt!.Value, 1, 10);
    }

    [Fact]
    public void Small_batches_are_quicker_and_tremble()
    {
        Assert.InRange(After("batches", 2, 10).Training, 0, 0.1f);
        Assert.InRange(After("batches", 0, 50).Training, 0.2f, 1);
        (double small, double large) = (ShareOfRises(2), ShareOfRises(0));
        Assert.True(small > 0.35 && large < small - 0.1, $"the loss rose at {small:P0} of the steps with batches of 1, at {large:P0} with batches of 30");

        static double ShareOfRises(int which)
        {
            using PlaygroundRun run = Trained("batches", which, 5);
            int rises = 0;
            float before = run.Losses().Training;
            for (int i = 0; i < 300; i++)
            {
                run.Train();
                float now = run.Losses().Training;
                if (now > before) rises++;
                before = now;
            }

            return rises / 300.0;
        }
    }

    [Fact]
    public void Adam_is_done_where_Adagrad_nearly_is_and_plain_descent_has_hardly_begun()
    {
        float plain = After("optimizers", 0, 50).Test, adagrad = After("optimizers", 1, 50).Test, adam = After("optimizers", 2, 50).Test;
        Assert.True(adam < 0.02 && adagrad is > 0.02f and < 0.1f && plain > 0.4, $"Adam {adam:0.000}, Adagrad {adagrad:0.000}, plain {plain:0.000}");
    }

    [Fact]
    public void A_penalty_closes_the_gap_of_overfitting()
    {
        (float training, float test) = After("overfitting", 0, 200);
        Assert.InRange(training, 0, 0.005f);
        Assert.InRange(test, 0.2f, 1);
        foreach (int which in (int[])[1, 2, 3])
        {
            (float held, float heldTest) = After("overfitting", which, 200);
            Assert.True(heldTest < test - 0.05 && heldTest - held < (test - training) / 2, $"try {which}: {held:0.000} and {heldTest:0.000}, without {training:0.000} and {test:0.000}");
        }
    }

    [Fact]
    public void Dropout_helps_the_test_points_and_so_does_stopping_early()
    {
        (float training, float test) = After("dropout", 0, 300);
        (float dropped, float droppedTest) = After("dropout", 1, 300);
        Assert.True(dropped > training + 0.05 && droppedTest < test - 0.05, $"{dropped:0.000} and {droppedTest:0.000}, without {training:0.000} and {test:0.000}");

        using PlaygroundRun run = new(LessonCatalogue.Find("dropout")!.Setup);
        (float best, int at) = (float.MaxValue, 0);
        for (int epoch = 1; epoch <= 300; epoch++)
        {
            Train(run, 1);
            if (run.Losses().Test < best) (best, at) = (run.Losses().Test, epoch);
        }

        Assert.True(at < 150 && best < test - 0.08, $"best {best:0.000} after {at} epochs, {test:0.000} at the end");
        using PlaygroundRun stopped = Trained("dropout", 2, 300);
        Assert.True(stopped.Stopped && stopped.Epoch < 300 && stopped.Losses().Test < test - 0.08, $"{stopped.Losses().Test:0.000} after {stopped.Epoch} epochs");
    }

    [Fact]
    public void Of_the_trials_of_the_search_one_has_solved_it()
    {
        float[] losses = [.. Enumerable.Range(0, 4).Select(which => After("search", which, 50).Test)];
        Assert.InRange(losses[1], 0, 0.02f);
        foreach (int which in (int[])[0, 2, 3]) Assert.InRange(losses[which], 0.3f, 5);
    }

    private static (float Training, float Test) After(string name, int which, int epochs)
    {
        using PlaygroundRun run = Trained(name, which, epochs);
        return run.Losses();
    }

    private static PlaygroundRun Trained(string name, int which, int epochs)
    {
        Lesson lesson = LessonCatalogue.Find(name)!;
        PlaygroundRun run = new(lesson.SetupOf(lesson.Tries[which]));
        Train(run, epochs);
        return run;
    }

    private static void Train(PlaygroundRun run, int epochs)
    {
        for (long i = 0, steps = (long)epochs * run.StepsPerEpoch; i < steps && run.Train(); i++)
        {
        }
    }
}
