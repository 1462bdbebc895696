using NanoFormer.Data.Discovery;

namespace NanoFormer.Data.Tests.Discovery;

/// <summary>Strangers' folders are read as they are meant, and every choice is reported.</summary>
public sealed class FolderImportTests
{
    /// <summary>Folder, classes, subjects, rate, channels with unit.</summary>
    public static TheoryData<string, string, string, double, string> Folders => new()
    {
        { nameof(StrangersFolders.FilePerPerson), "running sitting walking", "subject01 subject02 subject03 subject04 subject05", 50, "acc m/s2 gyro rad/s" },
        { nameof(StrangersFolders.WandFolders), "ring slope wing", "dengyl hyw shiyun tangsy", 25, "acc mg" },
        { nameof(StrangersFolders.NamedFiles), "sitting walking walking_fast", "s01 s02 s03 s04", 50, "acc g gyro deg/s" },
        { nameof(StrangersFolders.OneLongFile), "running sitting walking", "1 2 3 4 5 6", 20, "acc m/s2" },
        { nameof(StrangersFolders.Packets), "0 1 2", "p1 p2 p3 p4", 50, "acc g" },
        { nameof(StrangersFolders.PeoplesFolders), "running sitting walking", "anna ben carla dora", 50, "acc m/s2" },
        { nameof(StrangersFolders.SensorFiles), "running sitting walking", "s01 s02 s03 s04", 50, "acc m/s2 gyro rad/s" },
        { nameof(StrangersFolders.Phone), "running sitting walking", "user1 user2 user3 user4", 100, "acc m/s2" },
    };

    [Theory]
    [MemberData(nameof(Folders))]
    public void ReadsAsMeant(string form, string classes, string subjects, double rate, string channels)
    {
        using var folder = new TemporaryFolder();

        var import = FolderImport.Run(Make(form, folder), new DiscoveryRequest());

        var all = import.Recordings;
        var labels = all.SelectMany(r => r.Labels!.Where(label => label >= 0).Select(label => r.ClassNames[label])).Distinct().Order();
        Assert.Equal(classes.Split(' '), labels);
        Assert.True(import.KnowsSubjects);
        Assert.Equal(subjects.Split(' '), all.Select(r => r.Subject).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(rate, all[0].RateHz, 1.0);
        Assert.Equal(channels, string.Join(' ', all[0].Channels.Where(c => c.Name.EndsWith('x')).Select(c => $"{c.Name[..^2]} {c.Unit}")));
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void RestIsOneG(string form, string classes, string subjects, double rate, string channels)
    {
        _ = (classes, subjects, rate);
        using var folder = new TemporaryFolder();
        double oneG = channels.Split(' ')[1] switch { "g" => 1, "mg" => 1000, _ => 9.80665 };

        var import = FolderImport.Run(Make(form, folder), new DiscoveryRequest());

        foreach (var recording in import.Recordings)
        {
            double[] squares = [.. recording.Samples.Chunk(recording.Channels.Count).Select(sample => sample[..3]
                .Select((value, i) => Math.Pow(value * recording.Channels[i].Scale, 2)).Sum())];
            Assert.InRange(Math.Sqrt(squares.Average()) / oneG, 0.7, 1.6);
        }
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void EveryPartHasEveryClassAndNobodyIsInBoth(string form, string classes, string subjects, double rate, string channels)
    {
        _ = (subjects, rate, channels);
        using var folder = new TemporaryFolder();
        var import = FolderImport.Run(Make(form, folder), new DiscoveryRequest());

        var set = PreparedSet.Of(import.Recordings, import.KnowsSubjects);

        Assert.Empty(set.Train.Windows.Subjects.Intersect(set.Test.Windows.Subjects));
        Assert.Equal(classes.Split(' ').Length, set.Train.Windows.Labels.Distinct().Count());
        Assert.Equal(classes.Split(' ').Length, set.Test.Windows.Labels.Distinct().Count());
        Assert.Subset(set.Train.Windows.Subjects.ToHashSet(), set.ValidationSubjects.ToHashSet());
    }

    [Fact]
    public void AClassThatASingleSubjectHasIsSplitInTimeAndToldWhileNobodyElseIsInBothParts()
    {
        var recordings = Enumerable.Range(0, 4).SelectMany(subject => (string[])(subject == 1 ? ["hot", "cold", "normal"] : ["hot", "cold"]),
            (subject, name) => new Recording
            {
                Name = $"{subject}-{name}",
                Subject = $"load_{subject}",
                RateHz = 50,
                Channels = [new ChannelInfo("x", "g", 1e-3)],
                Samples = [.. Enumerable.Range(0, 4000).Select(i => (short)((i * (subject + 2)) % 1000))],
                Labels = new int[4000],
                ClassNames = [name],
            }).ToArray();

        var set = PreparedSet.Of(recordings, knowsSubjects: true, windowSamples: 64, testSubjects: ["load_3"]);

        var (train, test) = (set.Train.Windows, set.Test.Windows);
        int normal = train.ClassNames.ToList().IndexOf("normal");
        Assert.InRange(train.Labels.Count(label => label == normal) / (double)train.Labels.Count(label => label != normal), 0.08, 0.16); // 0.7 of one recording, of six
        Assert.All(test.Subjects.Zip(test.Labels), window => Assert.Equal(window.Second == normal ? "load_1" : "load_3", window.First));
        Assert.Contains(normal, test.Labels);
        var told = Assert.Single(set.Choices, choice => choice.What == "split in time");
        Assert.StartsWith("normal: the last quarter", told.Value, StringComparison.Ordinal);
        Assert.Contains("only load_1 has it", told.Why, StringComparison.Ordinal);
        Assert.DoesNotContain(set.Choices, choice => choice.What == "warning");
    }

    [Fact]
    public void ShortGesturesBecomeWindowsAndAreCounted()
    {
        using var folder = new TemporaryFolder();
        var import = FolderImport.Run(StrangersFolders.WandFolders(folder), new DiscoveryRequest());

        var set = PreparedSet.Of(import.Recordings, import.KnowsSubjects);

        Assert.InRange(set.Test.Windows.WindowSamples, 24, 48);
        int gestures = import.Recordings.Count(r => set.Test.Windows.Subjects.Contains(r.Subject));
        Assert.Equal(gestures, set.Test.Origins.Select(origin => origin.Recording.Split('@')[0]).Distinct().Count());
        var told = Assert.Single(set.Choices, choice => choice.What == "short stretches");
        Assert.Equal(import.Recordings.Count(r => r.SampleCount < set.Test.Windows.WindowSamples), int.Parse(told.Value.Split(' ')[0], null));
    }

    [Fact]
    public void PeopleOfMixedUnitsAreBroughtToOneAndTold()
    {
        using var folder = new TemporaryFolder();

        var import = FolderImport.Run(StrangersFolders.Phone(folder), new DiscoveryRequest());

        var told = Assert.Single(import.Choices, choice => choice.What == "mixed units");
        Assert.StartsWith("3 of 12 files in g", told.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherPlaceIsChosenByName()
    {
        using var folder = new TemporaryFolder();

        var import = FolderImport.Run(StrangersFolders.PeoplesFolders(folder), new DiscoveryRequest { Sensor = "chest" });

        Assert.Contains(import.Choices, choice => choice.What == "acceleration" && choice.Value.StartsWith("chest_acc_x", StringComparison.Ordinal));
    }

    [Fact]
    public void ARateThatNothingTellsIsAskedForByName()
    {
        using var folder = new TemporaryFolder();
        string wand = StrangersFolders.WandFolders(folder);
        File.Delete(Path.Combine(wand, "README.md"));

        var fault = Assert.Throws<DataException>(() => FolderImport.Run(wand, new DiscoveryRequest()));

        Assert.Contains("--rate", fault.Message, StringComparison.Ordinal);
        Assert.Equal(25, FolderImport.Run(wand, new DiscoveryRequest { RateHz = 25 }).Recordings[0].RateHz);
    }

    [Fact]
    public void WithoutClassesTheMessageSaysHowToNameThem()
    {
        using var folder = new TemporaryFolder();
        folder.Write("plain/one.csv", "t_ms,ax,ay,az\n" + string.Concat(Enumerable.Range(0, 100).Select(i => $"{20 * i},0.1,{i % 7},1\n")));

        var fault = Assert.Throws<DataException>(() => FolderImport.Run(folder.PathOf("plain"), new DiscoveryRequest()));

        Assert.Contains("--label-column", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFolderWithoutRecordingsIsNamed()
    {
        using var folder = new TemporaryFolder();
        folder.Write("notes/shopping.txt", "bread\nmilk\n");

        Assert.Equal(DataError.UnknownFormat, Assert.Throws<DataException>(() => FolderImport.Run(folder.PathOf("notes"), new DiscoveryRequest())).Error);
    }

    [Fact]
    public void FilesOfTwoSensorsAreJoinedByTimeAndTheRestIsTold()
    {
        using var folder = new TemporaryFolder();

        var import = FolderImport.Run(StrangersFolders.SensorFiles(folder), new DiscoveryRequest());

        Assert.StartsWith("12 recordings", Assert.Single(import.Choices, choice => choice.What == "joined").Value, StringComparison.Ordinal);
        Assert.Equal("Accelerometer.csv, Gravity.csv", Assert.Single(import.Choices, choice => choice.What == "left out").Value);
        Assert.Equal(12, import.Recordings.Count);
        foreach (var recording in import.Recordings)
        {
            double[] turned = [.. recording.Samples.Chunk(6).Select(sample => sample[3] * recording.Channels[3].Scale)];
            Assert.InRange(turned.Length, 498, 500);
            // What turns by a tenth of the time does so at the accelerometer's time; before the first sample it stays.
            Assert.All(turned.Index().Skip(1), pair => Assert.Equal(0.1 * pair.Index / 50, pair.Item, 0.0005));
        }
    }

    [Fact]
    public void AFileWithoutItsOtherSensorIsLeftOutAndTold()
    {
        using var folder = new TemporaryFolder();
        string sensors = StrangersFolders.SensorFiles(folder);
        File.Delete(Path.Combine(sensors, "walking_s02", "Gyroscope.csv"));

        var import = FolderImport.Run(sensors, new DiscoveryRequest());

        Assert.Equal(11, import.Recordings.Count);
        Assert.Contains(import.Choices, choice => choice.What == "left out" && choice.Value.StartsWith("3 files of one sensor", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("activity_labels.txt", "0 SITTING\n1 WALKING\n2 WALKING UPSTAIRS\n", "SITTING|WALKING|WALKING UPSTAIRS")]
    [InlineData("activity_key.txt", "sitting = 0\nwalking = 1\nrunning = 2\n\nother = 9\n", "sitting|walking|running")]
    [InlineData("classes.csv", "code,name\n0,sitting\n1,walking\n2,running\n", "sitting|walking|running")]
    [InlineData("README.md", "Classes:\n- 0: sitting\n- 1: walking\n- 2: running\n", "sitting|walking|running")]
    [InlineData("activity_labels.txt", "0 sitting\n1 walking\n", "0|1|2")] // one is missing
    [InlineData("activity_labels.txt", "0 sitting\n1 walking\n2 walking\n", "0|1|2")] // two are one
    public void CodesGetTheNamesOfABookBesideThem(string book, string text, string classes)
    {
        using var folder = new TemporaryFolder();
        string packets = StrangersFolders.Packets(folder);
        folder.Write($"packets/{book}", text);

        var import = FolderImport.Run(packets, new DiscoveryRequest());

        Assert.Equal(classes.Split('|'), import.Recordings[0].ClassNames);
        Assert.Equal(classes[0] != '0', import.Choices.Any(choice => choice.What == "names" && choice.Why == book));
    }

    private static string Make(string form, TemporaryFolder folder) => form switch
    {
        nameof(StrangersFolders.FilePerPerson) => StrangersFolders.FilePerPerson(folder),
        nameof(StrangersFolders.WandFolders) => StrangersFolders.WandFolders(folder),
        nameof(StrangersFolders.NamedFiles) => StrangersFolders.NamedFiles(folder),
        nameof(StrangersFolders.OneLongFile) => StrangersFolders.OneLongFile(folder),
        nameof(StrangersFolders.Packets) => StrangersFolders.Packets(folder),
        nameof(StrangersFolders.PeoplesFolders) => StrangersFolders.PeoplesFolders(folder),
        nameof(StrangersFolders.SensorFiles) => StrangersFolders.SensorFiles(folder),
        _ => StrangersFolders.Phone(folder),
    };
}
