using CsCheck;
using NanoFormer.Data.Preparation;

namespace NanoFormer.Data.Tests.Preparation;

public sealed class DatasetSplitTests
{
    [Theory]
    [InlineData(SplitUnit.Subject)]
    [InlineData(SplitUnit.Recording)]
    public void No_unit_is_in_both_parts_and_the_same_seed_gives_the_same_parts(SplitUnit unit)
    {
        Gen.Select(Gen.Int[2, 12], Gen.Double[0.1, 0.6], Gen.Int).Sample((subjects, share, seed) =>
        {
            var recordings = Recordings(subjects);
            var request = new SplitRequest { Unit = unit, TestShare = share, ValidationShare = subjects > 3 ? 0.2 : 0, Seed = seed };
            var result = DatasetSplit.Run(recordings, request);

            Func<Recording, string> name = unit == SplitUnit.Subject ? r => r.Subject : r => r.Source;
            var train = result.Recordings.Where(r => r.Split == "train").Select(name).ToHashSet();
            var test = result.Recordings.Where(r => r.Split == "test").Select(name).ToHashSet();
            Assert.NotEmpty(train);
            Assert.NotEmpty(test);
            Assert.Empty(train.Intersect(test));
            Assert.Equal(recordings.Count, result.Recordings.Count(r => r.Split is "train" or "test"));
            Assert.Subset(train, result.ValidationUnits.ToHashSet());
            Assert.Equal(result.TestUnits, DatasetSplit.Run(recordings, request).TestUnits);
        }, iter: 50);
    }

    [Fact]
    public void The_share_and_the_classes_are_met_as_nearly_as_whole_subjects_allow()
    {
        var result = DatasetSplit.Run(Recordings(20), new SplitRequest { TestShare = 0.25 });
        var test = result.Recordings.Where(r => r.Split == "test").ToArray();
        double Count(IEnumerable<Recording> recordings, int label) => recordings.Sum(r => r.Labels!.Count(l => l == label));
        double Share(int label) => Count(test, label) / Count(result.Recordings, label);

        Assert.InRange(Share(0), 0.2, 0.3);
        Assert.InRange(Share(1), 0.2, 0.3);
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void The_same_samples_are_never_in_both_parts()
    {
        var random = new Random(1);
        short[] samples = [.. Enumerable.Range(0, 500).Select(_ => (short)random.Next(-1000, 1000))];
        Recording Of(string subject, short[] own) => new()
        {
            Name = subject,
            Subject = subject,
            RateHz = 50,
            Channels = [new ChannelInfo("x", "g", 1)],
            Samples = own,
            Labels = new int[own.Length],
            ClassNames = ["A"],
        };
        Recording[] recordings = [Of("ann", samples), Of("bob", samples[10..]), Of("cid", [.. samples.Select(s => (short)-s)])];

        var fault = Assert.Throws<DataException>(() => DatasetSplit.Run(recordings, new SplitRequest { TestUnits = ["bob"] }));

        Assert.Equal(DataError.LeakySplit, fault.Error);
        Assert.Contains("ann and bob", fault.Message, StringComparison.Ordinal);
        Assert.Single(DatasetSplit.Run(recordings, new SplitRequest { TestUnits = ["cid"] }).TestUnits);
        Assert.Single(DatasetSplit.Run(recordings, new SplitRequest { TestUnits = ["bob"], IsFreeOfTwins = true }).TestUnits); // not looked for again
    }

    [Theory]
    [InlineData(1, 16, 1, true)]
    [InlineData(3, 500, 3, true)]
    [InlineData(3, 500, 2, false)]
    public void Twins_are_alike_in_every_channel_and_need_not_be_long(int channels, int samples, int shared, bool areTwins)
    {
        Recording[] recordings = [.. new[] { "ann", "bob" }.Select((name, person) => new Recording
        {
            Name = name,
            Subject = name,
            RateHz = 50,
            Channels = [.. Enumerable.Range(0, channels).Select(c => new ChannelInfo($"c{c}", "g", 1))],
            Samples = [.. Enumerable.Range(0, samples * channels).Select(i => (short)((i * i * 31 % 1009) + (i % channels < shared ? 0 : person)))],
        })];
        var request = new SplitRequest { TestUnits = ["bob"] };

        if (areTwins)
        {
            Assert.Equal(DataError.LeakySplit, Fault(recordings, request));
            return;
        }

        Assert.Equal(["ann"], DatasetSplit.Run(recordings, request).TrainUnits);
    }

    [Fact]
    public void Validation_is_a_share_of_what_is_left_to_learn_from()
    {
        var result = DatasetSplit.Run(Recordings(20), new SplitRequest { TestShare = 0.25, ValidationShare = 0.2 });

        Assert.InRange(result.ValidationUnits.Count, 2, 4);
        Assert.Subset(result.TrainUnits.ToHashSet(), result.ValidationUnits.ToHashSet());
        Assert.Empty(DatasetSplit.Run(Recordings(20), new SplitRequest()).ValidationUnits);
    }

    [Fact]
    public void One_named_subject_is_the_whole_test_part()
    {
        for (int i = 0; i < 4; i++)
        {
            var result = DatasetSplit.Run(Recordings(4), new SplitRequest { TestUnits = [$"s{i}", $"s{i}"] });

            Assert.Equal([$"s{i}"], result.TestUnits);
            Assert.Equal([$"s{i}"], DatasetSplit.Run(Recordings(4), new SplitRequest { TestUnits = [$"s{i}"] }).TestUnits);
            Assert.All(result.Recordings, r => Assert.Equal(r.Subject == $"s{i}" ? "test" : "train", r.Split));
        }
    }

    [Fact]
    public void Without_subjects_only_recordings_can_be_parted()
    {
        Recording[] recordings = [.. Recordings(4), new Recording
        {
            Name = "alone",
            RateHz = 10,
            Channels = [new ChannelInfo("x", "g", 1)],
            Samples = new short[60],
        }];

        Assert.Contains("Recording alone has no subject", Message(recordings, new SplitRequest()), StringComparison.Ordinal);
        Assert.Equal(9, DatasetSplit.Run(recordings, new SplitRequest { Unit = SplitUnit.Recording }) is var parts
            ? parts.TrainUnits.Count + parts.TestUnits.Count
            : 0);
    }

    [Fact]
    public void What_cannot_be_parted_is_told_with_what_there_is()
    {
        Assert.Contains("there is no eve, mallory; there are s0, s1, s2, s3.",
            Message(Recordings(4), new SplitRequest { TestUnits = ["eve", "s1", "mallory"] }), StringComparison.Ordinal);
        Assert.Contains("All recordings are of one subject", Message(Recordings(1), new SplitRequest()), StringComparison.Ordinal);
        Assert.Contains("subjects named for the test leave none",
            Message(Recordings(2), new SplitRequest { TestUnits = ["s0", "s1"] }), StringComparison.Ordinal);
    }

    [Fact]
    public void By_window_is_refused_with_the_reason()
    {
        var fault = Assert.Throws<DataException>(() => DatasetSplit.Run(Recordings(4), new SplitRequest { Unit = SplitUnit.Window }));

        Assert.Equal(DataError.LeakySplit, fault.Error);
        Assert.Contains("by heart", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Named_subjects_are_taken_and_unknown_ones_refused()
    {
        var result = DatasetSplit.Run(Recordings(4), new SplitRequest { TestUnits = ["s3", "s1"] });

        Assert.Equal(["s1", "s3"], result.TestUnits);
        Assert.Equal(DataError.BadOption, Fault(Recordings(4), new SplitRequest { TestUnits = ["eve"] }));
        Assert.Equal(DataError.BadOption, Fault(Recordings(2), new SplitRequest { TestUnits = ["s0", "s1"] }));
        Assert.Equal(DataError.BadOption, Fault(Recordings(1), new SplitRequest()));
        Assert.Equal(DataError.BadOption, Fault(Recordings(4), new SplitRequest { TestShare = 1 }));
    }

    [Fact]
    public void By_recording_tells_of_subjects_in_both_parts_and_of_missing_classes()
    {
        var recordings = Recordings(2).Select((r, i) => r.With(labels: [.. r.Labels!.Select(_ => i < 4 ? 0 : 1)])).ToArray();

        var shared = DatasetSplit.Run(recordings, new SplitRequest { Unit = SplitUnit.Recording, TestUnits = ["file0-0"] });
        var missing = DatasetSplit.Run(recordings, new SplitRequest { TestUnits = ["s0"] });

        Assert.Contains(shared.Warnings, w => w.StartsWith("Subjects in both parts: s0.", StringComparison.Ordinal));
        Assert.Contains("Classes missing from the test part: B; the test does not judge them.", missing.Warnings);
        Assert.Contains("Classes missing from the train part: A; the model cannot learn them.", missing.Warnings);
    }

    private static DataError Fault(IReadOnlyList<Recording> recordings, SplitRequest request) =>
        Assert.Throws<DataException>(() => DatasetSplit.Run(recordings, request)).Error;

    private static string Message(IReadOnlyList<Recording> recordings, SplitRequest request) =>
        Assert.Throws<DataException>(() => DatasetSplit.Run(recordings, request)).Message;

    /// <summary>Two sources per subject, of two pieces each, with growing amounts of two classes.</summary>
    private static IReadOnlyList<Recording> Recordings(int subjects) =>
        [.. Enumerable.Range(0, subjects * 4).Select(i => new Recording
        {
            Name = $"file{i / 4}-{i / 2 % 2}#{(i % 2) + 1}",
            Source = $"file{i / 4}-{i / 2 % 2}",
            Subject = $"s{i / 4}",
            RateHz = 10,
            Channels = [new ChannelInfo("x", "g", 1)],
            Samples = new short[60 + (i % 7)],
            Labels = [.. Enumerable.Range(0, 60 + (i % 7)).Select(k => k % 3 == 0 ? 1 : 0)],
            ClassNames = ["A", "B"],
        })];
}
