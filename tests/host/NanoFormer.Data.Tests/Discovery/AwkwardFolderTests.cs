using System.Globalization;
using System.IO.Compression;
using System.Text;
using NanoFormer.Data.Discovery;

namespace NanoFormer.Data.Tests.Discovery;

/// <summary>Folders that differ from the usual in one thing are read as they are meant, and nothing is lost without a word.</summary>
public sealed class AwkwardFolderTests
{
    private const int People = 4;
    private const int Rate = 50;
    private const int Seconds = 8;

    private static readonly DateTime Begin = new(2026, 1, 2, 23, 59, 50, DateTimeKind.Utc);

    /// <summary>What is written for the time of a row, in seconds, in a column of some name.</summary>
    public static TheoryData<string, string> Clocks => new()
    {
        { "Zeit", "dd.MM.yyyy HH:mm:ss.fff" },
        { "date_time", "MM/dd/yyyy hh:mm:ss.fff tt" },
        { "stamp", "yyyy/MM/dd HH:mm:ss.fff" },
        { "time", "yyyy-MM-dd HH:mm:ss.fff" },
        { "clock", "d.M.yy HH:mm:ss:fff" },
    };

    [Theory]
    [MemberData(nameof(Clocks))]
    public void DatesOfOtherCountriesAreClocks(string column, string format)
    {
        using var folder = new TemporaryFolder();

        var import = Import(folder, $"{column},ax,ay,az,label", row =>
            $"{Begin.AddSeconds(row.Time).ToString(format, CultureInfo.InvariantCulture)},{row.Values},{row.Class}");

        Assert.Equal(Rate, import.Recordings[0].RateHz, 0.01);
        Assert.Equal(People, import.Recordings.Count); // nothing is cut at midnight
    }

    [Theory]
    [InlineData("time", 86_400.0, 46_024.5)] // a spreadsheet's days
    [InlineData("timestamp", 1.0, 1_767_348_000)]
    [InlineData("Zeit (s)", 1.0, 0)]
    public void NumbersAreClocksInTheUnitThatMakesSense(string column, double unit, double begin)
    {
        using var folder = new TemporaryFolder();

        var import = Import(folder, $"{column};ax;ay;az;Aktivität", row =>
            Number($"{begin + (row.Time / unit):0.0000000000};") + $"{row.Values};{row.Class}".Replace(',', ';'));

        Assert.Equal(Rate, import.Recordings[0].RateHz, 0.05);
        Assert.Equal(StrangersFolders.Classes.Order(), import.Recordings[0].ClassNames.Order());
    }

    [Fact]
    public void StampsOfWholeSecondsAreSpread()
    {
        using var folder = new TemporaryFolder();

        var import = Import(folder, "timestamp,ax,ay,az,label", row => Number($"{1_767_348_000 + (long)row.Time},") + $"{row.Values},{row.Class}");

        Assert.Equal(Rate, import.Recordings[0].RateHz, 1.0);
        Assert.Equal(People * 3 * Seconds * Rate, import.Recordings.Sum(recording => recording.SampleCount), 100.0);
    }

    [Theory]
    [InlineData("# recorded at 50 Hz\n", null)]
    [InlineData("Device: X100\nSampling rate: 50\n\n", null)]
    [InlineData("", "MANUAL.txt")]
    public void ARateInTheTextAboveTheRowsOrInAnyTextBesideThemIsRead(string above, string? note)
    {
        using var folder = new TemporaryFolder();
        if (note is not null)
        {
            folder.Write($"people/{note}", "Sensor A: accelerometer.\nOutput data rate:  50 Hz\nFilter of 0.3 Hz\n");
        }

        var import = Import(folder, $"{above}ax,ay,az,label", row => $"{row.Values},{row.Class}");

        Assert.Equal(Rate, import.Recordings[0].RateHz);
    }

    [Fact]
    public void FilesWithoutExtensionAndHeaderHaveTheirCodesInTheLastColumn()
    {
        using var folder = new TemporaryFolder();

        var import = Import(folder, null, row => Number($"{row.Time:0.00},") + $"{row.Values},{(row.Index / 700) + 1},{Array.IndexOf(StrangersFolders.Classes, row.Class) + 1}",
            person => $"d1p{person:00}M");

        Assert.Equal(["1", "2", "3"], import.Recordings[0].ClassNames.Order());
        Assert.Equal(["p01", "p02", "p03", "p04"], import.Recordings.Select(recording => recording.Subject).Distinct().Order());
    }

    [Fact]
    public void FilesOfOneFormThatPartTheirFieldsDifferentlyAreAllRead()
    {
        using var folder = new TemporaryFolder();

        var import = Import(folder, null, row => $"{(row.Index == 0 ? $"t{Between(row)}ax{Between(row)}ay{Between(row)}az{Between(row)}label\n" : "")}"
            + (row.Person > 2 ? Number($"{row.Time:0.00},{row.Values},").Replace(',', ';').Replace('.', ',') : Number($"{row.Time:0.00},{row.Values},")) + row.Class);

        Assert.Equal(People, import.Recordings.Select(recording => recording.Subject).Distinct().Count());
        Assert.DoesNotContain(import.Choices, choice => choice.What == "left out");

        static char Between(Row row) => row.Person > 2 ? ';' : ',';
    }

    [Fact]
    public void Utf16WithoutAMarkIsRead()
    {
        using var folder = new TemporaryFolder();
        Import(folder, "t,ax,ay,az,label", row => Number($"{row.Time:0.00},") + $"{row.Values},{row.Class}");
        foreach (string file in Directory.GetFiles(folder.PathOf("people")))
        {
            File.WriteAllBytes(file, new UnicodeEncoding(bigEndian: false, byteOrderMark: false).GetBytes(File.ReadAllText(file)));
        }

        Assert.Equal(People, FolderImport.Run(folder.PathOf("people"), new DiscoveryRequest()).Recordings.Count);
    }

    [Fact]
    public void TheShortNamesOfAnArduinoLibraryAreAccelerometerAndGyroscope()
    {
        using var folder = new TemporaryFolder();

        var import = Import(folder, "millis,AcX,AcY,AcZ,Tmp,GyX,GyY,GyZ,class", row => Number(
            $"{1000 * row.Time:0},{4096 * row.X:0},{4096 * row.Y:0},{4096 * row.Z:0},{3000 + (row.Index % 7)},{900 * row.X:0},{500 * row.Y:0},20,{row.Class}"));

        Assert.Equal(["acc_x", "acc_y", "acc_z", "gyro_x", "gyro_y", "gyro_z"], import.Recordings[0].Channels.Select(channel => channel.Name));
        Assert.Equal("g", import.Recordings[0].Channels[0].Unit);
    }

    [Fact]
    public void TheOnlyGyroscopeIsTakenWhateverItsNameSaysBesideAndADeadOneIsNot()
    {
        using var folder = new TemporaryFolder();

        var import = Import(folder, "t,accelerometerAccelerationX(G),accelerometerAccelerationY(G),accelerometerAccelerationZ(G),motionRotationRateX(rad/s),"
            + "motionRotationRateY(rad/s),motionRotationRateZ(rad/s),gyroRotationX(rad/s),gyroRotationY(rad/s),gyroRotationZ(rad/s),activity(txt)",
            row => Number($"{row.Time:0.00},{row.Values},{row.X:0.000},{row.Y:0.000},{row.Z:0.000},0,0,0,{row.Class}"));

        Assert.Equal(6, import.Recordings[0].Channels.Count);
        Assert.Contains(import.Choices, choice => choice.What == "rotation" && choice.Value.StartsWith("motionRotationRateX", StringComparison.Ordinal));
    }

    [Fact]
    public void CountsWithoutASignAreBroughtToTheirZeroAndOneG()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(5);
        double[][] ways = [.. Enumerable.Range(0, 90).Select(_ => Direction(random))]; // what the wrist turns to, for a while

        var import = Import(folder, null, row => ways[(row.Person * 17 + (row.Index / 60)) % ways.Length] is var way
            ? Number($"{500 + (210 * (way[0] + (row.X * 0.1))):0},{512 + (210 * (way[1] + (row.X * 0.1))):0},{520 + (210 * (way[2] + (row.X * 0.1))):0},{row.Class}") : "",
            request: new DiscoveryRequest { RateHz = Rate });

        Assert.Contains(import.Choices, choice => choice.What == "acceleration" && choice.Why.Contains("sphere", StringComparison.Ordinal));
        double[] sizes = [.. import.Recordings.SelectMany(recording => recording.Samples.Chunk(3)
            .Select(sample => Math.Sqrt(sample.Select((value, axis) => Math.Pow(value * recording.Channels[axis].Scale, 2)).Sum())))];
        Assert.Equal(1, sizes.Order().ElementAt(sizes.Length / 2), 0.05);
    }

    [Fact]
    public void ANameThatAToolMadeUniqueIsNoClass()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(3);
        WriteByClass(folder, (kind, person) => $"people/{kind}.{random.NextInt64(1L << 47):x12}a1.csv");

        var import = FolderImport.Run(folder.PathOf("people"), new DiscoveryRequest());

        Assert.Equal(StrangersFolders.Classes.Order(), import.Recordings[0].ClassNames.Order());
        Assert.False(import.KnowsSubjects);
    }

    [Theory]
    [InlineData("people/{2}/{0}/rec{1}.csv")]
    [InlineData("people/{2}_{0}_{1}.csv")]
    public void PartsThatTheNamesTellAreKept(string form)
    {
        using var folder = new TemporaryFolder();
        WriteByClass(folder, (kind, person) => string.Format(CultureInfo.InvariantCulture, form, kind, person, person == 2 ? "test" : "train"));

        var import = FolderImport.Run(folder.PathOf("people"), new DiscoveryRequest());
        var set = PreparedSet.Of(import.Recordings, import.KnowsSubjects);

        Assert.Equal(StrangersFolders.Classes.Order(), import.Recordings[0].ClassNames.Order());
        Assert.Equal("2", Assert.Single(set.Test.Windows.Subjects.Distinct()));
        Assert.DoesNotContain("2", set.Train.Windows.Subjects);
    }

    [Fact]
    public void CopiesInAFolderThatIsNoClassAreLeftOutAndCounted()
    {
        using var folder = new TemporaryFolder();
        WriteByClass(folder, (kind, person) => $"people/{kind}/rec-{kind}-f{person}.csv");
        Directory.CreateDirectory(folder.PathOf("people/MODELS/walking_MODEL"));
        string text = File.ReadAllText(folder.PathOf("people/walking/rec-walking-f1.csv"));
        File.WriteAllText(folder.PathOf("people/MODELS/walking_MODEL/rec-walking-f1.csv"), text[..text.LastIndexOf("7.5", StringComparison.Ordinal)].TrimEnd() + "\n");

        var import = FolderImport.Run(folder.PathOf("people"), new DiscoveryRequest());

        Assert.Equal(3 * People, import.Recordings.Count);
        Assert.Equal(StrangersFolders.Classes.Order(), import.Recordings.SelectMany(recording => recording.Labels!.Distinct().Select(label => recording.ClassNames[label])).Distinct().Order());
        Assert.Contains(import.Choices, choice => choice.What == "repaired" && choice.Value.StartsWith("1 x ", StringComparison.Ordinal));
        Assert.Equal(["f1", "f2", "f3", "f4"], import.Recordings.Select(recording => recording.Subject).Distinct().Order());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AnArchiveForEachRecordingIsUnpackedUnlessMoreLiesBesideThem(bool beside)
    {
        using var folder = new TemporaryFolder();
        WriteByClass(folder, (kind, person) => $"loose/{kind}_s{person:00}/data.csv");
        Directory.CreateDirectory(folder.PathOf("people"));
        foreach (string recording in Directory.GetDirectories(folder.PathOf("loose")))
        {
            ZipFile.CreateFromDirectory(recording, folder.PathOf($"people/{Path.GetFileName(recording)}.zip"));
        }

        if (beside)
        {
            WriteByClass(folder, (kind, person) => $"people/{kind}_s{person:00}.csv");
        }

        var import = FolderImport.Run(folder.PathOf("people"), new DiscoveryRequest());

        Assert.Equal(3 * People, import.Recordings.Count);
        Assert.Equal(["s01", "s02", "s03", "s04"], import.Recordings.Select(recording => recording.Subject).Distinct().Order());
        Assert.Contains(import.Choices, choice => choice.What == (beside ? "left out" : "unpacked") && choice.Value.StartsWith("12 archives", StringComparison.Ordinal));
    }

    [Fact]
    public void WhereEveryClassIsInOneFileNothingIsSaidOfASplitByFile()
    {
        using var folder = new TemporaryFolder();
        foreach (string kind in StrangersFolders.Classes)
        {
            folder.Write($"people/{kind}.csv", Text("t,ax,ay,az", Rows(1, kind), row => Number($"{row.Time:0.00},") + row.Values));
        }

        var import = FolderImport.Run(folder.PathOf("people"), new DiscoveryRequest());
        var set = PreparedSet.Of(import.Recordings, import.KnowsSubjects);

        Assert.Empty(set.ValidationSubjects);
        Assert.DoesNotContain(set.Choices, choice => choice.What == "split");
        Assert.Contains(set.Choices, choice => choice.What == "split in time");
    }

    [Fact]
    public void ATimeThatBeginsAgainIsCountedOncePerBeginning()
    {
        using var folder = new TemporaryFolder();

        var import = Import(folder, "ms,ax,ay,az,label", row => Number($"{1000 * (row.Time % Seconds):0},") + $"{row.Values},{row.Class}");

        Assert.Equal(3 * People, import.Recordings.Count);
        Assert.Contains(import.Choices, choice => choice.What == "repaired" && choice.Value.StartsWith($"{2 * People} x backward time", StringComparison.Ordinal));
        Assert.Contains(import.Choices, choice => choice.What == "recordings" && choice.Why.StartsWith($"cut {2 * People} times", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, "watch", 1)]
    [InlineData("phone", "phone", -1)]
    public void FilesOfTwoPlacesAtTheSameTimeAreNotMixed(string? stated, string kept, int sign)
    {
        using var folder = new TemporaryFolder();
        foreach (string place in new[] { "watch", "phone" })
        {
            foreach (string kind in StrangersFolders.Classes)
            {
                for (int person = 1; person <= People; person++)
                {
                    folder.Write($"people/s{person:00}/{kind}_{place}.csv", Text("t,ax,ay,az", Rows(person, kind).Take(place == "watch" ? 400 : 300), row => place == "watch"
                        ? Number($"{row.Time:0.00},") + row.Values
                        : Number($"{row.Time:0.00},{-row.X:0.000},{-row.Y:0.000},{-row.Z:0.000}")));
                }
            }
        }

        var import = FolderImport.Run(folder.PathOf("people"), new DiscoveryRequest { Sensor = stated });

        Assert.Equal(3 * People, import.Recordings.Count);
        Assert.All(import.Recordings, recording => Assert.Equal(sign, Math.Sign(recording.Samples.Chunk(3).Average(sample => (double)sample[2]))));
        var told = Assert.Single(import.Choices, choice => choice.What == "place");
        Assert.StartsWith($"'{kept}'; left out: 12 files of ", told.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void StampsByRadioThatAreLateNowAndThenDoNotCutARecording()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(4);

        var import = Import(folder, "t,ax,ay,az,label", row => row.Index % 40 < 33 || random.NextDouble() < 0.3
            ? Number($"{row.Time + (0.015 * random.NextDouble()):0.0000},") + $"{row.Values},{row.Class}"
            : "# lost");

        Assert.Equal(People, import.Recordings.Count);
        Assert.InRange(import.Recordings[0].RateHz, 35, 52);
        Assert.Equal(People * 3 * Seconds, import.Recordings.Sum(recording => recording.SampleCount / recording.RateHz), 2.0);
    }

    [Fact]
    public void PacketsOfDifferentSizesThatHaveTheStampOfTheirArrivalAreSpreadAndNoSampleIsLost()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(9);
        var (last, stamp) = (-1, 0.0);

        var import = Import(folder, "timestamp,ax,ay,az,label", row =>
        {
            if (row.Index == 0 || row.Index > last)
            {
                last = row.Index + random.Next(0, 5);
                stamp = (last + random.NextDouble()) / Rate;
            }

            return Number($"{1_700_000_000_000 + (long)(1000 * stamp)},") + $"{row.Values},{row.Class}";
        });

        Assert.Equal(Rate, import.Recordings[0].RateHz, 2.0);
        Assert.InRange(import.Recordings.Count, People, 2 * People);
        Assert.InRange(import.Recordings.Sum(recording => recording.SampleCount), 0.97 * People * 3 * Seconds * Rate, 1.03 * People * 3 * Seconds * Rate);
    }

    [Fact]
    public void FilesOfAnotherRateAreBroughtToThatOfMost()
    {
        using var folder = new TemporaryFolder();

        var import = Import(folder, "t,ax,ay,az,label", row => Number($"{(row.Person == 1 ? row.Time / 2 : row.Time):0.00},") + $"{row.Values},{row.Class}");

        Assert.Contains(import.Choices, choice => choice.What == "rate" && choice.Value == "50 Hz");
        Assert.All(import.Recordings, recording => Assert.Equal(Rate, recording.RateHz));
        Assert.Equal((People - 1 + 0.5) * 3 * Seconds, import.Recordings.Sum(recording => recording.SampleCount) / (double)Rate, 1.0);
    }

    [Fact]
    public void RowsThatAreWholeWindowsAreNamed()
    {
        using var folder = new TemporaryFolder();

        var fault = Assert.Throws<DataException>(() => Import(folder, null, row => string.Join(',', Enumerable.Range(0, 90).Select(i => Number($"{row.X + (0.01 * i):0.000}"))) + $",{row.Class}"));

        Assert.Contains("91 columns look like whole windows", fault.Message, StringComparison.Ordinal);
        Assert.Contains("--rate", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ColumnsThatStayFarFromZeroAreNoGyroscope()
    {
        using var folder = new TemporaryFolder();

        var import = Import(folder, null, row => Number($"{row.Time:0.00},{row.Values},{-60 + row.X:0.00},{3 + row.Y:0.00},{920 + row.Z:0.00},{row.Class}"));

        Assert.Equal(3, import.Recordings[0].Channels.Count);
        Assert.Contains(import.Choices, choice => choice.What == "left out" && choice.Value == "column_5 column_6 column_7");
    }

    [Fact]
    public void SensorsAreJoinedByAWordWithinTheNamesOfFilesWithoutHeader()
    {
        using var folder = new TemporaryFolder();
        foreach (string sensor in new[] { "accel", "gyro" })
        {
            for (int person = 1600; person < 1600 + People; person++)
            {
                folder.Write($"people/{sensor}/data_{person}_{sensor}_watch.txt", string.Concat(StrangersFolders.Classes.SelectMany((kind, i) => Rows(person, kind).Select(row =>
                    Number($"{person},{"ABD"[i]},{252_207_666_810_782 + (long)(1e9 * (row.Time + (i * Seconds)))},") + (sensor == "accel" ? row.Values : Number($"{row.X:0.00},{row.Y:0.00},0.1")) + ";\n"))));
            }
        }

        folder.Write("people/activity_key.txt", "sitting = A\nwalking = B\nrunning = D\n");

        var import = FolderImport.Run(folder.PathOf("people"), new DiscoveryRequest());

        Assert.StartsWith($"{People} recordings", Assert.Single(import.Choices, choice => choice.What == "joined").Value, StringComparison.Ordinal);
        Assert.Equal(6, import.Recordings[0].Channels.Count);
        Assert.Equal(StrangersFolders.Classes.Order(), import.Recordings[0].ClassNames.Order());
        Assert.Equal(["1600", "1601", "1602", "1603"], import.Recordings.Select(recording => recording.Subject).Distinct().Order());
    }

    [Fact]
    public void GravityOfItsOwnIsAddedAndTrialsOfAClassAreOneClass()
    {
        using var folder = new TemporaryFolder();
        foreach (var (kind, number) in StrangersFolders.Classes.SelectMany((kind, i) => new[] { (kind, (2 * i) + 1), (kind, (2 * i) + 2) }))
        {
            for (int person = 1; person <= People; person++)
            {
                folder.Write($"people/{kind}_{number}/sub_{person}.csv", Text(",attitude.roll,gravity.x,gravity.y,gravity.z,rotationRate.x,rotationRate.y,rotationRate.z,"
                    + "userAcceleration.x,userAcceleration.y,userAcceleration.z", Rows(person, kind), row => Number(
                        $"{row.Index},1.5,0,{(kind == "sitting" ? 0.6 : 0.1)},{(kind == "sitting" ? 0.8 : 1)},{row.X:0.00},{row.Y:0.00},0.1,")
                    + Number($"{row.X:0.000},{row.Y - (kind == "sitting" ? 0.6 : 0.1):0.000},{row.Z - (kind == "sitting" ? 0.8 : 1):0.000}")));
            }
        }

        var import = FolderImport.Run(folder.PathOf("people"), new DiscoveryRequest { RateHz = Rate });

        Assert.Equal(StrangersFolders.Classes.Order(), import.Recordings[0].ClassNames.Order());
        Assert.Equal(["acc_x", "acc_y", "acc_z", "gyro_x", "gyro_y", "gyro_z"], import.Recordings[0].Channels.Select(channel => channel.Name));
        foreach (var recording in import.Recordings)
        {
            Assert.InRange(recording.Samples.Chunk(6).Average(sample => sample[2] * recording.Channels[2].Scale), 0.7, 1.1);
        }

        Assert.DoesNotContain(import.Choices, choice => choice.What == "note");
    }

    [Theory]
    [InlineData(1, 128)]
    [InlineData(2, 256)]
    public void RecordingsOfOneClassThatLastHaveLongerWindows(int lengths, int samples)
    {
        var recordings = Enumerable.Range(0, 6).Select(i => new Recording
        {
            Name = $"{i}",
            Subject = $"s{i / 2}",
            RateHz = Rate,
            Channels = [new ChannelInfo("x", "g", 1e-3)],
            Samples = [.. Enumerable.Range(0, lengths * 8 * Rate).Select(n => (short)((n * (i + 3)) % 997))],
            Labels = [.. Enumerable.Repeat(0, lengths * 8 * Rate)],
            ClassNames = [i % 2 == 0 ? "up" : "down"],
        }).ToArray();

        Assert.Equal(samples, PreparedSet.Of(recordings, knowsSubjects: true).Train.Windows.WindowSamples);
    }

    private static FolderImport Import(
        TemporaryFolder folder, string? header, Func<Row, string> line, Func<int, string>? name = null, DiscoveryRequest? request = null)
    {
        for (int person = 1; person <= People; person++)
        {
            folder.Write($"people/{name?.Invoke(person) ?? $"s{person:00}.csv"}", Text(header, StrangersFolders.Classes.SelectMany((kind, i) =>
                Rows(person, kind).Select(row => row with { Time = row.Time + (i * Seconds), Index = row.Index + (i * Seconds * Rate) })), line));
        }

        return FolderImport.Run(folder.PathOf("people"), request ?? new DiscoveryRequest());
    }

    private static void WriteByClass(TemporaryFolder folder, Func<string, int, string> name)
    {
        foreach (string kind in StrangersFolders.Classes)
        {
            for (int person = 1; person <= People; person++)
            {
                folder.Write(name(kind, person), Text("t,ax,ay,az", Rows(person, kind), row => Number($"{row.Time:0.00},") + row.Values));
            }
        }
    }

    private static string Text(string? header, IEnumerable<Row> rows, Func<Row, string> line) =>
        (header is null ? "" : header + "\n") + string.Concat(rows.Select(row => line(row) + "\n"));

    private static IEnumerable<Row> Rows(int person, string kind) =>
        StrangersFolders.Rows(kind, Seconds, Rate, person, 1).Select((row, i) => new Row(person, kind, i, row[0], row[1], row[2], row[3]));

    private static double[] Direction(Random random)
    {
        double[] way = [.. Enumerable.Range(0, 3).Select(_ => random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5)];
        double size = Math.Sqrt(way.Sum(value => value * value));
        return [.. way.Select(value => value / size)];
    }

    private static string Number(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Row(int Person, string Class, int Index, double Time, double X, double Y, double Z)
    {
        public string Values => Number($"{X:0.0000},{Y:0.0000},{Z:0.0000}");
    }
}
