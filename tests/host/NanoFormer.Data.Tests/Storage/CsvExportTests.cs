using CsCheck;
using NanoFormer.Data.Import;
using NanoFormer.Data.Storage;

namespace NanoFormer.Data.Tests.Storage;

public sealed class CsvExportTests
{
    [Fact]
    public void Recordings_survive_the_way_there_and_back()
    {
        var options = new CsvSourceOptions
        {
            Channels = [new SourceChannel("acc", "g"), new SourceChannel("gyro", "rad/s")],
            TimeColumn = "t",
            RateHz = 62.5,
            LabelColumn = "label",
            SubjectColumn = "subject",
        };
        RandomRecordings.Sets.Sample(recordings =>
        {
            using var folder = new TemporaryFolder();
            CsvExport.Write(folder.Name, recordings);
            var log = new FindingLog();
            using var spool = new SampleSpool();
            var repairs = new RepairOptions();
            var sources = SourceFiles.Find(folder.Name, ".csv")
                .SelectMany(file => CsvSource.Read(file.Path, file.Name, options, repairs, log, spool));

            var result = RecordingImport.Run([.. sources], repairs, log);

            RandomRecordings.AssertEqual([.. recordings.Select(r => r.With(split: ""))], result.Recordings, names: false);
        }, iter: 30);
    }
}
