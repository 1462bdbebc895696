using System.Text.Json;
using NanoFormer.Files;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoFormer.Training.Phases;

/// <summary>
/// The state of a training after the last epoch of each phase, in a folder: what was learnt, the optimizer, the random numbers to come.
/// A training that is taken up again goes on as if it had never stopped.
/// </summary>
/// <param name="folder">Where it lies; null to keep nothing.</param>
/// <param name="fingerprint">Of the training (<see cref="Fingerprint"/>); a state with another one is refused.</param>
internal sealed class Checkpoint(string? folder, string fingerprint)
{
    private const string Weights = "weights";
    private const string Optimizer = "optimizer";
    private const string Random = "random";

    private sealed record State(string Fingerprint, int Epoch, IReadOnlyDictionary<string, ObservedRange> Ranges);

    /// <summary>Keeps the state after an epoch; whenever the process ends, that or the one before is whole.</summary>
    public void Save(string phase, int epoch, Encoder network, OptimizerHelper optimizer, ActivationQuantizer? quantizer)
    {
        if (folder is null)
        {
            return;
        }

        Directory.CreateDirectory(folder);
        network.save(PartOf(phase, epoch, Weights));
        optimizer.save_state_dict(PartOf(phase, epoch, Optimizer));
        using var random = get_rng_state();
        AtomicFile.WriteAllBytes(PartOf(phase, epoch, Random), random.data<byte>().ToArray());
        var state = new State(fingerprint, epoch, quantizer?.Ranges ?? new Dictionary<string, ObservedRange>());
        AtomicFile.WriteAllText(StateOf(phase), JsonSerializer.Serialize(state));
        foreach (string? part in new[] { Weights, Optimizer, Random })
        {
            File.Delete(PartOf(phase, epoch - 1, part));
        }
    }

    /// <summary>The epochs of a phase that are done.</summary>
    /// <exception cref="ConfigException"><see cref="ConfigError.Mismatch"/>: they are of another training.</exception>
    public int Epochs(string phase) => StateAfter(phase)?.Epoch ?? 0;

    /// <summary>Takes up the state of a phase, if there is one; otherwise changes nothing.</summary>
    public void Load(string phase, Encoder network, OptimizerHelper optimizer, ActivationQuantizer? quantizer)
    {
        if (StateAfter(phase) is not { } state)
        {
            return;
        }

        network.load(PartOf(phase, state.Epoch, Weights));
        optimizer.load_state_dict(PartOf(phase, state.Epoch, Optimizer));
        using var random = tensor(File.ReadAllBytes(PartOf(phase, state.Epoch, Random)), ScalarType.Byte);
        set_rng_state(random);
        quantizer?.Restore(state.Ranges);
    }

    private State? StateAfter(string phase)
    {
        if (folder is null || !File.Exists(StateOf(phase)))
        {
            return null;
        }

        var state = JsonSerializer.Deserialize<State>(File.ReadAllText(StateOf(phase)))!;
        return state.Fingerprint == fingerprint
            ? state
            : throw new ConfigException(ConfigError.Mismatch,
                $"'{folder}' is the state of a training with another configuration, data, seed or weights to start from; "
                + "begin again with --restart, which throws it away, or name another output folder.");
    }

    private string StateOf(string phase) => Path.Combine(folder!, phase + ".json");

    private string PartOf(string phase, int epoch, string part) =>
        Path.Combine(folder!, FormattableString.Invariant($"{phase}.{epoch}.{part}"));
}
