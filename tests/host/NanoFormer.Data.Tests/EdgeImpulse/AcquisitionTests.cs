using System.Formats.Cbor;
using CsCheck;
using NanoFormer.Data.EdgeImpulse;
using NanoFormer.Data.Import;

namespace NanoFormer.Data.Tests.EdgeImpulse;

public sealed class AcquisitionTests
{
    /// <summary>Signed by another implementation of HMAC-SHA256.</summary>
    private const string Signed =
        """{"protected":{"ver":"v1","alg":"HS256","iat":1564128599},"signature":"781cd40f2267fd6a5b3feb91e4d55660afee864805d42828915b976d8382fd75","payload":{"device_name":"ac:87:a3:0a:2d:1b","device_type":"BENCH","interval_ms":10,"sensors":[{"name":"accX","units":"m/s2"},{"name":"accY","units":"m/s2"}],"values":[[-9.5,0.25],[-9.75,0.5],[-9.25,0.125]]}}""";

    private const string Key = "fed53116f20684c067774ebf9e7bcbdc";

    [Fact]
    public void A_file_is_read_and_labelled_by_its_name()
    {
        using var folder = new TemporaryFolder();
        folder.Write("wave.01.json", Signed);

        var recording = Assert.Single(Import(folder.Name, Key).Recordings);

        Assert.Equal(100, recording.RateHz);
        Assert.Equal(["m/s2", "m/s2"], recording.Channels.Select(c => c.Unit));
        Assert.Equal([-9.5, 0.25, -9.75, 0.5, -9.25, 0.125], recording.Samples.Select((s, i) => s * recording.Channels[i % 2].Scale));
        Assert.Equal(["wave"], recording.ClassNames);
    }

    [Fact]
    public void A_changed_value_or_another_key_is_refused()
    {
        using var folder = new TemporaryFolder();
        folder.Write("wave.json", Signed.Replace("-9.75", "-9.76", StringComparison.Ordinal));

        Assert.Equal(DataError.BadSignature, Fault(folder, Key));
        folder.Write("wave.json", Signed);
        Assert.Equal(DataError.BadSignature, Fault(folder, "another key"));
        Assert.Single(Import(folder.Name, null).Recordings);
    }

    [Fact]
    public void Labels_parts_and_subjects_come_from_the_label_file()
    {
        using var folder = new TemporaryFolder();
        folder.Write("testing/a.json", Signed);
        folder.Write("info.labels", """
            {"version":1,"files":[{"path":"testing/a.json","name":"a","category":"testing","label":{"type":"label","label":"wave hand"},"metadata":{"subject":"eve"}}]}
            """);

        var recording = Assert.Single(Import(folder.Name, null).Recordings);

        Assert.Equal(("eve", "test", "wave hand"), (recording.Subject, recording.Split, Assert.Single(recording.ClassNames)));
    }

    [Fact]
    public void One_sensor_may_have_plain_numbers()
    {
        using var folder = new TemporaryFolder();
        folder.Write("x.json", One("""[1,null,3]"""));

        var result = Import(folder.Name, null, new RepairOptions { MissingValues = MissingValueRepair.Interpolate });

        Assert.Equal([1.0, 2, 3], result.Recordings[0].Samples.Select(s => s * result.Recordings[0].Channels[0].Scale));
    }

    [Theory]
    [InlineData("""[[1],[1,2],[3]]""")]
    [InlineData("""[[1],["two"],[3]]""")]
    [InlineData("""[1,{},3]""")]
    public void Readings_that_are_not_whole_are_counted(string values)
    {
        using var folder = new TemporaryFolder();
        folder.Write("x.json", One(values));

        var refused = Assert.Single(Import(folder.Name, null).Findings);
        var repaired = Import(folder.Name, null, new RepairOptions { DropBadRows = true });

        Assert.Equal((FindingKind.BadRow, 1), (refused.Kind, refused.Count));
        Assert.Equal([1, 1], repaired.Recordings.Select(r => r.SampleCount));
    }

    [Theory]
    [InlineData("{", DataError.BadField)]
    [InlineData("null", DataError.BadField)]
    [InlineData("""{"protected":{"ver":"v1","alg":"none"},"signature":"0"}""", DataError.BadField)]
    [InlineData("""{"protected":{"ver":"v2","alg":"none"},"signature":"0","payload":{"device_type":"x","interval_ms":10,"sensors":[{"name":"a","units":"g"}],"values":[1]}}""", DataError.UnsupportedLayout)]
    [InlineData("""{"protected":{"ver":"v1","alg":"none"},"signature":"0","payload":{"device_type":"x","interval_ms":0,"sensors":[{"name":"a","units":"g"}],"values":[1]}}""", DataError.UnsupportedLayout)]
    public void What_is_no_recording_is_refused(string text, DataError error)
    {
        using var folder = new TemporaryFolder();
        folder.Write("x.json", text);

        Assert.Equal(error, Fault(folder, null));
    }

    [Fact]
    public void Several_labels_a_file_are_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.json", Signed);
        folder.Write("info.labels", """
            {"version":1,"files":[{"path":"a.json","category":"split","label":{"type":"multi-label","labels":[{"label":"x","startIndex":0,"endIndex":2}]}}]}
            """);

        Assert.Equal(DataError.UnsupportedLayout, Fault(folder, null));
    }

    [Fact]
    public void Recordings_survive_the_way_there_and_back()
    {
        RandomRecordings.Sets.Sample(recordings =>
        {
            using var folder = new TemporaryFolder();
            AcquisitionWriter.Write(folder.Name, recordings, Key);

            RandomRecordings.AssertEqual(recordings, Import(folder.Name, Key).Recordings);
        }, iter: 30);
    }

    [Fact]
    public void Cbor_holds_the_same()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.PathOf("wave.cbor"), AcquisitionSignature.Sign(Cbor(), Key));

        var recording = Assert.Single(Import(folder.Name, Key).Recordings);

        Assert.Equal(62.5, recording.RateHz);
        Assert.Equal([-9.5, 0.25, -9, 2], recording.Samples.Select((s, i) => s * recording.Channels[i % 2].Scale));
        Assert.Equal(["accX", "accY"], recording.Channels.Select(c => c.Name));
        Assert.Equal(DataError.BadSignature, Fault(folder, "another key"));
    }

    [Fact]
    public void Any_bytes_are_read_or_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        byte[] good = Cbor();
        string path = folder.PathOf("x.cbor");
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte, Gen.Int[1, good.Length]).Sample((place, value, length) =>
        {
            byte[] damaged = good[..length];
            damaged[Math.Min(place, length - 1)] = value;
            File.WriteAllBytes(path, damaged);
            try
            {
                Import(folder.Name, null);
            }
            catch (DataException)
            {
                // a named refusal: anything else fails the test
            }
        }, iter: 2000, threads: 1);
    }

    private static byte[] Cbor()
    {
        var writer = new CborWriter(CborConformanceMode.Lax);
        writer.WriteStartMap(null);
        writer.WriteTextString("protected");
        writer.WriteStartMap(2);
        Entry("ver", () => writer.WriteTextString("v1"));
        Entry("alg", () => writer.WriteTextString("HS256"));
        writer.WriteEndMap();
        Entry("signature", () => writer.WriteTextString(AcquisitionSignature.Empty));
        Entry("payload", () =>
        {
            writer.WriteStartMap(null);
            Entry("device_name", () => writer.WriteTextString("x"));
            Entry("device_type", () => writer.WriteTextString("BENCH"));
            Entry("interval_ms", () => writer.WriteInt32(16));
            Entry("sensors", () =>
            {
                writer.WriteStartArray(2);
                foreach (string? name in new[] { "accX", "accY" })
                {
                    writer.WriteStartMap(2);
                    Entry("name", () => writer.WriteTextString(name));
                    Entry("units", () => writer.WriteTextString("m/s2"));
                    writer.WriteEndMap();
                }

                writer.WriteEndArray();
            });
            Entry("values", () =>
            {
                writer.WriteStartArray(null);
                writer.WriteStartArray(2);
                writer.WriteSingle(-9.5f);
                writer.WriteDouble(0.25);
                writer.WriteEndArray();
                writer.WriteStartArray(2);
                writer.WriteInt32(-9);
                writer.WriteInt32(2);
                writer.WriteEndArray();
                writer.WriteEndArray();
            });
            writer.WriteEndMap();
        });
        writer.WriteEndMap();
        return writer.Encode();

        void Entry(string key, Action value)
        {
            writer.WriteTextString(key);
            value();
        }
    }

    private static string One(string values) => $$$"""
        {"protected":{"ver":"v1","alg":"none"},"signature":"0","payload":{"device_type":"x","interval_ms":10,"sensors":[{"name":"a","units":"g"}],"values":{{{values}}}}}
        """;

    private static ImportResult Import(string folder, string? key, RepairOptions? repairs = null)
    {
        var log = new FindingLog();
        repairs ??= new RepairOptions();
        return RecordingImport.Run(AcquisitionReader.Read(folder, key, null, repairs, log), repairs, log);
    }

    private static DataError Fault(TemporaryFolder folder, string? key) =>
        Assert.Throws<DataException>(() => Import(folder.Name, key)).Error;
}
