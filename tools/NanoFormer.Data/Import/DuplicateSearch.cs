namespace NanoFormer.Data.Import;

/// <summary>
/// Finds pieces that hold the same samples, whole or in part, wherever they begin: by the hashes of short runs of samples at places that
/// the samples themselves choose (content-defined sampling), so that a part of a recording has the places of the whole.
/// </summary>
/// <param name="placesMask">Places whose hash has none of these bits are kept: more bits need less memory, fewer find shorter copies.</param>
internal sealed class DuplicateSearch(ulong placesMask = DuplicateSearch.UsualPlacesMask)
{
    private const int RunSamples = 32;
    private const int MostlyChanging = 16;       // samples of a run that differ from the one before: rest without noise proves nothing
    private const ulong UsualPlacesMask = 63;    // one place in 64
    private const int FewestPlaces = 3;
    private const double SharedPart = 0.5;       // of the places of the shorter piece
    private const int FewestSamples = 16;        // of a piece that is compared as a whole
    private const ulong Factor = 0x9E3779B97F4A7C15;

    private static readonly ulong FactorOfRun = Power(Factor, RunSamples);

    private readonly Dictionary<ulong, int> _firstAt = [];
    private readonly Dictionary<ulong, int> _whole = [];
    private readonly Dictionary<(int First, int Second), int> _shared = [];
    private readonly List<int> _places = [];
    private readonly ulong[] _recent = new ulong[RunSamples];
    private readonly bool[] _changed = new bool[RunSamples];
    private int _count;
    private int _changes;
    private int _changesOfRun;
    private ulong _run;
    private ulong _hash;

    /// <summary>Takes the next sample of the current piece.</summary>
    public void Add(double[] values)
    {
        ulong hash = Factor;
        foreach (double value in values)
        {
            hash = Mix(hash ^ (ulong)BitConverter.DoubleToInt64Bits(value));
        }

        int at = _count % RunSamples;
        bool isChange = _count > 0 && hash != _recent[(at + RunSamples - 1) % RunSamples];
        _run = _run * Factor + hash;
        if (_count >= RunSamples)
        {
            _run -= _recent[at] * FactorOfRun;
            _changesOfRun -= _changed[at] ? 1 : 0;
        }

        _hash = (_hash ^ hash) * Factor;
        (_recent[at], _changed[at]) = (hash, isChange);
        _changesOfRun += isChange ? 1 : 0;
        _changes += isChange ? 1 : 0;
        _count++;
        if (_count >= RunSamples && ((hash >> 32) & placesMask) == 0 && _changesOfRun >= MostlyChanging)
        {
            AddPlace(_run);
        }
    }

    /// <summary>Ends the current piece.</summary>
    public void End()
    {
        int piece = _places.Count - 1;
        if (_count >= FewestSamples && 2 * _changes >= _count && !_whole.TryAdd(_hash, piece))
        {
            _shared[(_whole[_hash], piece)] = int.MaxValue;
        }

        (_count, _changes, _changesOfRun, _run, _hash) = (0, 0, 0, 0, 0);
    }

    /// <summary>Begins a piece; pieces are numbered from 0.</summary>
    public void Begin() => _places.Add(0);

    /// <summary>Pairs of pieces of which the second holds at least half of the shorter one's samples again.</summary>
    public IEnumerable<(int First, int Second)> Pairs() => _shared
        .Where(pair => pair.Value >= FewestPlaces
            && pair.Value >= SharedPart * Math.Min(_places[pair.Key.First], _places[pair.Key.Second]))
        .Select(pair => pair.Key).OrderBy(pair => pair.Second).ThenBy(pair => pair.First);

    private void AddPlace(ulong run)
    {
        int piece = _places.Count - 1;
        _places[piece]++;
        if (!_firstAt.TryAdd(run, piece) && _firstAt[run] is var first && first != piece)
        {
            _shared[(first, piece)] = (int)Math.Min(int.MaxValue, _shared.GetValueOrDefault((first, piece)) + 1L);
        }
    }

    /// <summary>Lets every bit change about half of all others; round numbers differ in few of theirs.</summary>
    private static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 32)) * Factor;
        return (bits ^ (bits >> 29)) * Factor;
    }

    private static ulong Power(ulong factor, int exponent)
    {
        ulong power = 1;
        for (int i = 0; i < exponent; i++)
        {
            power *= factor;
        }

        return power;
    }
}
