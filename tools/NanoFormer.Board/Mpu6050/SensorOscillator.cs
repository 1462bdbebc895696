namespace NanoFormer.Board;

/// <summary>How far the sensor's clock is from the board's: a constant error, a slow sinusoidal wander and jitter of each sample.</summary>
/// <param name="ErrorPpm">Constant rate error in parts per million; positive runs fast (1 % is 10,000).</param>
/// <param name="WanderPpm">Amplitude of the wander of the rate, in parts per million.</param>
/// <param name="WanderPeriodSeconds">Period of the wander in seconds.</param>
/// <param name="JitterMicroseconds">Standard deviation of each sample's instant in microseconds; it does not accumulate.</param>
public sealed record SensorOscillator(
    double ErrorPpm = 0,
    double WanderPpm = 0,
    double WanderPeriodSeconds = 60,
    double JitterMicroseconds = 0)
{
    /// <summary>True time in microseconds that a nominal time of the sensor takes, at a virtual time in seconds.</summary>
    public double TrueMicroseconds(double nominalMicroseconds, double atSeconds)
    {
        double ppm = ErrorPpm + (WanderPpm * Math.Sin(2 * Math.PI * atSeconds / WanderPeriodSeconds));
        return nominalMicroseconds / (1 + (ppm * 1e-6));
    }
}
