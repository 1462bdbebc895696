using System.Text;
using NanoFormer.Logs;

namespace NanoFormer.Monitor.Tests.Reading;

/// <summary>All that a reader hands over.</summary>
internal sealed class Transcript : ISessionSink
{
    public List<(string Text, long Line, Boot Boot)> Records { get; } = [];

    public List<Finding> Findings { get; } = [];

    public SessionReader Reader { get; private set; } = null!;

    public IEnumerable<string> Texts => Records.Select(record => record.Text);

    public static Transcript Of(string text, int chunk = int.MaxValue) => Of(CaseLog.Ascii(text), chunk);

    public static Transcript Of(ReadOnlySpan<byte> bytes, int chunk = int.MaxValue)
    {
        var transcript = new Transcript();
        var reader = new SessionReader(transcript);
        transcript.Reader = reader;
        while (!bytes.IsEmpty)
        {
            var part = bytes[..Math.Min(chunk, bytes.Length)];
            reader.Feed(part);
            bytes = bytes[part.Length..];
        }

        reader.End();
        return transcript;
    }

    public void Take(scoped in LogRecord record, Boot boot) => Records.Add((Encoding.ASCII.GetString(record.Text), record.Line, boot));

    public void Take(Finding finding) => Findings.Add(finding);

    public long Count(FindingKind kind) => Findings.Where(finding => finding.Kind == kind).Sum(finding => finding.Count);
}
