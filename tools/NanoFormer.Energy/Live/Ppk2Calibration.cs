using System.Globalization;
using System.Text.RegularExpressions;

namespace NanoFormer.Energy.Live;

/// <summary>
/// How a PPK2's converter values become amperes: per range a shunt, an offset and gains, which the instrument tells of itself. After a
/// change of range the converter settles for some samples; the running mean stands for them, as in Nordic's own program.
/// </summary>
internal sealed partial class Ppk2Calibration
{
    private const int Ranges = 5;
    private const double VoltsPerStep = 1.8 / 163_840;
    private const int StepsPerValue = 4;
    private const int Settling = 3;
    private const double Smoothing = 0.18;
    private const double SmoothingOfWidest = 0.06;

    private readonly double[] _shunt = [1031.64, 101.65, 10.15, 0.94, 0.043];
    private readonly double[] _offset = new double[Ranges];
    private readonly double[] _square = [1, 1, 1, 1, 1];
    private readonly double[] _linear = [1, 1, 1, 1, 1];
    private readonly double[] _perVolt = new double[Ranges];
    private readonly double[] _constant = new double[Ranges];
    private readonly double[] _user = [1, 1, 1, 1, 1];
    private readonly double _volts;
    private double _mean = double.NaN, _slowMean;
    private int _range, _toSettle, _sinceChange;

    /// <summary>Reads what the instrument tells.</summary>
    /// <exception cref="EnergyException">It tells no shunts.</exception>
    public Ppk2Calibration(string metadata, double volts)
    {
        _volts = volts;
        int shunts = 0;
        foreach (Match line in Line().Matches(metadata))
        {
            int range = line.Groups[2].ValueSpan[0] - '0';
            double value = double.Parse(line.Groups[3].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture);
            double[] values = line.Groups[1].Value switch
            {
                "R" => _shunt,
                "O" => _offset,
                "GS" => _square,
                "GI" => _linear,
                "S" => _perVolt,
                "I" => _constant,
                _ => _user,
            };
            bool isShunt = values == _shunt;
            shunts += isShunt ? 1 : 0;
            values[range] = isShunt && value == 0 ? values[range] : value;
        }

        if (shunts != Ranges)
        {
            throw new EnergyException(EnergyError.NoAnswer, "what answers is not a PPK2: it tells no calibration.");
        }
    }

    /// <summary>Forgets the samples before.</summary>
    public void Restart() => (_mean, _toSettle, _sinceChange) = (double.NaN, 0, 0);

    /// <summary>The current of a sample.</summary>
    public double Amperes(int value, int range)
    {
        range = Math.Min(range, Ranges - 1);
        double plain = ((value * StepsPerValue) - _offset[range]) * VoltsPerStep / _shunt[range];
        double amperes = _user[range] * ((plain * ((_square[range] * plain) + _linear[range])) + (_perVolt[range] * _volts) + _constant[range]);
        if (double.IsNaN(_mean))
        {
            (_mean, _slowMean, _range) = (amperes, amperes, range);
            return amperes;
        }

        var before = (_mean, _slowMean);
        _mean += Smoothing * (amperes - _mean);
        _slowMean += SmoothingOfWidest * (amperes - _slowMean);
        if (range != _range)
        {
            (_toSettle, _sinceChange, _range) = (Settling, 0, range);
        }
        else
        {
            _sinceChange++;
        }

        if (_toSettle == 0)
        {
            return amperes;
        }

        _toSettle--;
        if (range != Ranges - 1)
        {
            return _mean;
        }

        if (_sinceChange < 2)
        {
            (_mean, _slowMean) = before;
        }

        return _slowMean;
    }

    [GeneratedRegex(@"^(R|GS|GI|O|S|I|UG)([0-4]): (-?[0-9.]+(?:[eE][+-]?\d+)?)\r?$", RegexOptions.Multiline)]
    private static partial Regex Line();
}
