using System.Globalization;
using NanoFormer.Corpus;

const int DefaultGraphs = 700;
const int GraphsOfStream = 4;

int graphs = DefaultGraphs;
bool countIsValid = args.Length < 2 || (int.TryParse(args[1], NumberStyles.None, CultureInfo.InvariantCulture, out graphs) && graphs > 0);
if (args.Length is < 1 or > 2 || !countIsValid)
{
    Console.Error.WriteLine($"Usage: NanoFormer.Corpus OUTDIR [number of random graphs, default {DefaultGraphs}]");
    return 2;
}

Directory.CreateDirectory(args[0]);
Write("kernels.nfc", KernelCorpus.Records(OperatorVectors.Read()));
Write("transformer-kernels.nfc", TransformerKernelCorpus.Records());
Write("graphs.nfc", GraphCorpus.Records(graphs));
Write("streams.nfc", StreamCorpus.Records(Math.Max(graphs / GraphsOfStream, 1)));
Write("damage.nfc", DamageCorpus.Records());
Write("mlperf.nfc", DeviceCorpus.Records());
return 0;

void Write(string name, IReadOnlyCollection<CorpusRecord> records)
{
    string path = Path.Combine(args[0], name);
    CorpusFile.Write(path, records);
    Console.WriteLine($"{path}: {records.Count} records, {new FileInfo(path).Length} bytes");
}
